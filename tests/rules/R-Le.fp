// R-Le: less, or equal.
// rule: R-Le
// expect: a = true
host a
at a { 2 <= 2 && "a" <= "b" }
