// T-FlatMap: a function from elements to lists.
// rule: T-FlatMap
// expect: a = [0, 0, 1]
host a
at a { [1, 2].flatMap(x => range(0, x)) }
