// T-Le: two integers or two strings (less or equal).
// rule: T-Le
// expect: a = true
host a
at a { (1 <= 2) == ("a" <= "b") }
