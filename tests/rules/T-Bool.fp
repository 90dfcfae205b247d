// T-Bool: true and false.
// rule: T-Bool
// expect: a = false
host a
at a {
  val b: Bool = false;
  b
}
