// R-And-False: the right side is dropped unevaluated.
// rule: R-And-False
// expect: a = false
host a
at a { 1 == 2 && exists(range(0, 1000), x => x == 999) }
