// R-If-True: the first branch is taken, the second is never looked at.
// rule: R-If-True
// expect: a = 10
host a
at a { if (1 < 2) 10 else 20 }
