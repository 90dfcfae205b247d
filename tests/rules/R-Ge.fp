// R-Ge: greater, or equal.
// rule: R-Ge
// expect: a = true
host a
at a { 18 >= 18 }
