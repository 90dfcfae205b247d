// T-Split: the separator is no string.
// rule: T-Split
// expect-error: T-Split at 5:21
host a
at a { split("a b", 1) }
