// T-Lt: both sides have to be of one type.
// rule: T-Lt
// expect-error: T-Lt at 5:12
host a
at a { 1 < "2" }
