// R-IntOp: integers are added, subtracted and multiplied; `*` binds tighter.
// rule: R-IntOp
// expect: a = 5
host a
at a { 10 - 2 * 3 + 1 }
