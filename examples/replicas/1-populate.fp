// Four replicas of one value. The talk's example of a guarantee is: of 2N replicas N - 1 may fail; here N is 2.
// As the data is computed from its root, even one replica that is left is enough; with all four gone it is lost.
// expect: a = 42
// expect-check: resilient:1:r1,r2,r3,r4 holds
// expect-check: resilient:3:r1,r2,r3,r4 holds
// expect-check: resilient:4:r1,r2,r3,r4 violated
// expect-check: transparent:4:r1,r2,r3,r4 holds
host a, r1, r2, r3, r4
at a {
  val r = populate([r1, r2, r3, r4], 42);
  await(send(r))
}
check resilient 1 of r1, r2, r3, r4
check resilient 3 of r1, r2, r3, r4
check resilient 4 of r1, r2, r3, r4
check transparent 4 of r1, r2, r3, r4
