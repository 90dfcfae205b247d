// T-Seq: the type of a sequence is that of its last term.
// rule: T-Seq
// expect: a = 3
host a, b
at a {
  b;
  unit;
  3
}
