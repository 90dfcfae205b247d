// R-Filter-Nil: nothing to keep.
// rule: R-Filter-Nil
// expect: a = []
host a
at a { filter([]: List[Int], x => true) }
