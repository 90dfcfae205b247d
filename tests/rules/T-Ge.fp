// T-Ge: two integers or two strings (greater or equal).
// rule: T-Ge
// expect: a = true
host a
at a { (1 >= 2) == ("a" >= "b") }
