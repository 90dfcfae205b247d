// R-FlatMap-Nil: nothing to join.
// rule: R-FlatMap-Nil
// expect: a = []
host a
at a { flatMap([]: List[Int], x => [x, x]) }
