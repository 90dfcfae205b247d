// T-If: the second branch is of another type than the first.
// rule: T-If
// expect-error: T-If at 5:25
host a
at a { if (true) 1 else "two" }
