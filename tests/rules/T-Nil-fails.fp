// T-Nil: nothing says what this empty list would hold.
// rule: T-Nil
// expect-error: T-Nil at 6:12
host a
at a {
  val xs = [];
  1
}
