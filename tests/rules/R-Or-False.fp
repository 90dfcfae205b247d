// R-Or-False: the right side decides.
// rule: R-Or-False
// expect: a = true
host a
at a { false || 1 == 1 }
