// R-Concat: lists and strings are joined in one step.
// rule: R-Concat
// expect: a = Both("Hi, Ann", [1, 2, 3])
host a
record Both(words: String, numbers: List[Int])
at a { Both("Hi, " ++ "Ann", [1, 2] ++ [3]) }
