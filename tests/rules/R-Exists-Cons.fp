// R-Exists-Cons: it stops at the first element that does.
// rule: R-Exists-Cons
// expect: a = true
host a
at a { range(0, 1000).exists(x => x == 2) }
