// A chain: the request that is repeated carries the whole lineage, and the replica computes both steps of it.
// expect: a = 86
// expect-check: resilient:1:r1,r2,r3,r4 holds
// expect-check: resilient:3:r1,r2,r3,r4 holds
// expect-check: resilient:4:r1,r2,r3,r4 violated
host a, r1, r2, r3, r4
at a {
  val r = populate([r1, r2, r3, r4], 42);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });
  val t = apply(s, spore { (x: Int) => populate(currentHost, x * 2) });
  await(send(t))
}
check resilient 1 of r1, r2, r3, r4
check resilient 3 of r1, r2, r3, r4
check resilient 4 of r1, r2, r3, r4
