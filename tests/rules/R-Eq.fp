// R-Eq: lists and records are equal when their parts are.
// rule: R-Eq
// expect: a = false
host a, b
record Person(name: String, home: Host)
at a { [Person("Ann", a), Person("Bob", b)] == [Person("Ann", a), Person("Bob", a)] }
