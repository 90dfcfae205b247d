// R-If-False: the second branch is taken.
// rule: R-If-False
// expect: a = 20
host a
at a { if (2 < 1) 10 else 20 }
