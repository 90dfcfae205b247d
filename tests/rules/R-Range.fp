// R-Range: from the first number up to, but without, the second.
// rule: R-Range
// expect: a = [3, 4, 5, 6]
host a
at a { range(3, 7) ++ range(5, 5) }
