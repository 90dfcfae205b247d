// R-SortBy: the keys are computed first, one for each element.
// rule: R-SortBy
// expect: a = ["a", "bb", "ccc"]
host a
at a { ["ccc", "a", "bb"].sortBy(s => size(split(s, ""))) }
