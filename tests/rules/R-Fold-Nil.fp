// R-Fold-Nil: nothing is left: the value so far is the value.
// rule: R-Fold-Nil
// expect: a = 7
host a
at a { fold([]: List[Int], 7, (sum: Int) => x => sum + x) }
