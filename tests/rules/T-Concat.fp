// T-Concat: two strings or two lists.
// rule: T-Concat
// expect: a = true
host a
at a { "a" ++ "b" == "ab" && [1] ++ [2] == [1, 2] }
