// T-Size: the length of a list of anything.
// rule: T-Size
// expect: a = 2
host a
at a { size([(x: Int) => x, (x: Int) => 0]) }
