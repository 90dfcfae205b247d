// T-SortByKeys: Booleans are no keys.
// rule: T-SortByKeys
// expect-error: T-SortByKeys at 5:34
config {
  host a: sortByKeys(["c", "a"], [true, false]) | { } next 0
  messages:
  results: a none
  types:
}
