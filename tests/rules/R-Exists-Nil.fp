// R-Exists-Nil: no element, so none that would do.
// rule: R-Exists-Nil
// expect: a = false
host a
at a { exists([]: List[Int], x => true) }
