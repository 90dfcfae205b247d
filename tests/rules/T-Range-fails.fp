// T-Range: the end is no integer.
// rule: T-Range
// expect-error: T-Range at 5:17
host a
at a { range(0, "10") }
