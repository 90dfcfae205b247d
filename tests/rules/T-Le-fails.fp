// T-Le: Booleans have no order.
// rule: T-Le
// expect-error: T-Le at 5:8
host a
at a { true <= false }
