// T-IntOp: the right operand is no integer.
// rule: T-IntOp
// expect-error: T-IntOp at 5:12
host a
at a { 1 + unit }
