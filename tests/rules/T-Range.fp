// T-Range: two integers give a list of integers.
// rule: T-Range
// expect: a = [0, 1]
host a
at a {
  val xs: List[Int] = range(0, 2);
  xs
}
