// R-FlatMap-Cons: the lists that the function gives are joined.
// rule: R-FlatMap-Cons
// expect: a = ["to", "be", "or", "not"]
host a
at a { ["to be", "or not"].flatMap(line => split(line, " ")) }
