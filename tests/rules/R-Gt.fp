// R-Gt: a longer string is greater than its beginning.
// rule: R-Gt
// expect: a = false
host a
at a { "anna" > "ann" && 3 > 3 }
