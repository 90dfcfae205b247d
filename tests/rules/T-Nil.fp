// T-Nil: the empty list knows the type of the elements it has not.
// rule: T-Nil
// expect: a = [1]
host a
at a { [1] ++ [] ++ ([]: List[Int]) }
