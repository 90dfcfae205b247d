// R-And-True: the right side decides.
// rule: R-And-True
// expect: a = false
host a
at a { true && 1 == 2 }
