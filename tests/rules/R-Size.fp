// R-Size: the length of a list.
// rule: R-Size
// expect: a = 3
host a
at a { size(["a", "b", "c"]) + size([]: List[Int]) }
