// T-Fold: the value so far, then the element, give the next value.
// rule: T-Fold
// expect: a = false
host a
at a { [1, 2, 3].fold(true, (even: Bool) => x => !even) }
