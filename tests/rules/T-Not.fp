// T-Not: a Boolean.
// rule: T-Not
// expect: a = false
host a
at a { !true }
