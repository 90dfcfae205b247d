// R-Not: the other Boolean.
// rule: R-Not
// expect: a = true
host a
at a { !(1 == 2) }
