// T-Eq: an integer is never equal to a string.
// rule: T-Eq
// expect-error: T-Eq at 5:13
host a
at a { 1 == "1" }
