// R-AppAbs: a function takes its argument; `val` is the same thing in other clothes.
// rule: R-AppAbs
// expect: a = 42
host a
at a {
  val twice = (x: Int) => x + x;
  twice(21)
}
