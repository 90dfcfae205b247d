// R-Map-Cons: the function is called on one element after the other.
// rule: R-Map-Cons
// expect: a = [1, 4, 9]
host a
at a { [1, 2, 3].map(x => x * x) }
