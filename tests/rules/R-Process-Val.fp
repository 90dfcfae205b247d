// R-Process-Val: b has finished and serves a all the same; its result stays what it was.
// rule: R-Process-Val
// expect: a = 5
// expect: b = 1
host a, b
at a {
  val r = populate(b, 5);
  await(send(r))
}
at b { 1 }
