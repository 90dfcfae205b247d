// T-Fold: the function starts with an integer and gives a Boolean.
// rule: T-Fold
// expect-error: T-Fold at 5:23
host a
at a { [1, 2].fold(0, (acc: Int) => x => acc < x) }
