// T-Cons: the third element is of another type than the first.
// rule: T-Cons
// expect-error: T-Cons at 5:15
host a
at a { [1, 2, "three"] }
