// P-Res: an answer goes into the store. Both futures are the same identifier, and the second answer is dropped.
// rule: P-Res
// expect: a = 8
host a, b
at a {
  val r = populate(b, 4);
  val f = send(r);
  val g = send(r);
  await(f) + await(g)
}
