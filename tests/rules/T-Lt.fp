// T-Lt: two integers or two strings (less).
// rule: T-Lt
// expect: a = true
host a
at a { (1 < 2) == ("a" < "b") }
