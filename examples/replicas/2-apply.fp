// Derived data is not replicated at all: whoever is asked computes it anew from the replicated root.
// expect: a = 43
// expect-check: resilient:1:r1,r2,r3,r4 holds
// expect-check: resilient:3:r1,r2,r3,r4 holds
// expect-check: resilient:4:r1,r2,r3,r4 violated
host a, r1, r2, r3, r4
at a {
  val r = populate([r1, r2, r3, r4], 42);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });
  await(send(s))
}
check resilient 1 of r1, r2, r3, r4
check resilient 3 of r1, r2, r3, r4
check resilient 4 of r1, r2, r3, r4
