// T-IntOp: operators take two integers.
// rule: T-IntOp
// expect: a = 2
host a
at a { 2 * 3 - 4 }
