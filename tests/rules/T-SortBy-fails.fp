// T-SortBy: Booleans have no order.
// rule: T-SortBy
// expect-error: T-SortBy at 5:22
host a
at a { [3, 1].sortBy(x => x > 1) }
