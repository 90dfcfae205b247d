// T-And: two Booleans.
// rule: T-And
// expect: a = true
host a
at a { true && true }
