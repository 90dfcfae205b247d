// T-Cons: all elements have one type.
// rule: T-Cons
// expect: a = [2, 3, 4]
host a
at a { [1 + 1, 3, 4] }
