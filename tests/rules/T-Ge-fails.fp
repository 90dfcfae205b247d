// T-Ge: lists have no order.
// rule: T-Ge
// expect-error: T-Ge at 5:8
host a
at a { [2] >= [1] }
