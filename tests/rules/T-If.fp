// T-If: both branches have one type.
// rule: T-If
// expect: a = 3
host a
at a { 1 + (if (true) 2 else 3) }
