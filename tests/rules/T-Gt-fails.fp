// T-Gt: hosts have no order.
// rule: T-Gt
// expect-error: T-Gt at 5:8
host a, b
at a { b > a }
