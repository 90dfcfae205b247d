// T-Abs: a function of a function.
// rule: T-Abs
// expect: a = 18
host a
at a {
  val twice = (f: Int => Int) => (x: Int) => f(f(x));
  twice((x: Int) => x * 3)(2)
}
