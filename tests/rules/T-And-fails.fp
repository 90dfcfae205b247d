// T-And: the right side is no Boolean.
// rule: T-And
// expect-error: T-And at 5:16
host a
at a { true && 1 }
