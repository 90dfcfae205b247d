// T-SortBy: a function from elements to integers or strings.
// rule: T-SortBy
// expect: a = [1, 2, 3]
host a
at a { [3, 1, 2].sortBy(x => x) }
