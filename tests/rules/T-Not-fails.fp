// T-Not: an integer is no Boolean.
// rule: T-Not
// expect-error: T-Not at 5:9
host a
at a { !1 }
