// A join over two silos, each with two replicas: one of each pair may fail, whichever; both of a pair may not.
// expect: a = 30
// expect-check: resilient:1:r1,r2,s1,s2 holds
// expect-check: resilient:2:r1,s1 holds
// expect-check: resilient:2:r1,r2,s1,s2 violated
host a, r1, r2, s1, s2
at a {
  val r = populate([r1, r2], 10);
  val s = populate([s1, s2], 20);
  await(send(r)) + await(send(s))
}
check resilient 1 of r1, r2, s1, s2
check resilient 2 of r1, s1
check resilient 2 of r1, r2, s1, s2
