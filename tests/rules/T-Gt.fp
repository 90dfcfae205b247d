// T-Gt: two integers or two strings (greater).
// rule: T-Gt
// expect: a = true
host a
at a { (1 > 2) == ("a" > "b") }
