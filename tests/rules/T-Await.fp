// T-Await: awaiting a future of a reference gives the reference.
// rule: T-Await
// expect: a = 5
host a, b
at a {
  val outer = populate(b, populate(b, 5));
  val inner: SiloRef[Int] = await(send(outer));
  await(send(inner))
}
