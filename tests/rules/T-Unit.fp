// T-Unit: `unit` is the only value of its type.
// rule: T-Unit
// expect: a = unit
host a
at a {
  val u: Unit = unit;
  u
}
