// T-SortByKeys: the keys are integers or strings; only evaluation makes this term, so it stands in a literal.
// rule: T-SortByKeys
// expect: a = ["a", "c"]
config {
  host a: sortByKeys(["c", "a"], [3, 1]) | { } next 0
  messages:
  results: a none
  types:
}
