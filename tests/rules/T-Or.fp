// T-Or: two Booleans.
// rule: T-Or
// expect: a = false
host a
at a { false || false }
