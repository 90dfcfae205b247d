// T-Map: the elements are integers, and the function takes strings.
// rule: T-Map
// expect-error: T-Map at 5:20
host a
at a { map([1, 2], (s: String) => s) }
