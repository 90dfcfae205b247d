// T-Apply: a function is no spore.
// rule: T-Apply
// expect-error: T-Apply at 7:12
host a, b
at a {
  val r = populate(b, 1);
  apply(r, (x: Int) => populate(currentHost, x))
}
