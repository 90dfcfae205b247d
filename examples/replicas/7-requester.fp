// The host that asks may crash, too, with its term and all it was told. Then it has no result, and nobody else is stuck: the
// replica's answer goes to a host that is not there, and vanishes.
// expect: a = 43
// expect-check: resilient:1:a holds
// expect-check: resilient:1:a,r1,r2 holds
// expect-check: transparent:1:a,r1,r2 holds
host a, r1, r2
at a {
  val r = populate([r1, r2], 42);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, x + 1) })))
}
check resilient 1 of a
check resilient 1 of a, r1, r2
check transparent 1 of a, r1, r2
