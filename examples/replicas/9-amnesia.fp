// A host that crashes and comes back has forgotten everything. `funpass check --crashes 1 --restarts 1 --among r1` finds that
// the data is lost: it is not asked again, for it no longer has what it had. With a second replica nothing is lost.
// expect: a = 42
// expect-check: resilient:1:r1 violated
host a, r1
at a { await(send(populate(r1, 42))) }
check resilient 1 of r1
