// T-FlatMap: the function gives no list.
// rule: T-FlatMap
// expect-error: T-FlatMap at 5:23
host a
at a { [1, 2].flatMap(x => x) }
