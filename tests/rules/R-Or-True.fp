// R-Or-True: the right side is dropped unevaluated.
// rule: R-Or-True
// expect: a = true
host a
at a { 1 == 1 || exists(range(0, 1000), x => x == 999) }
