// T-Record: the age is no integer.
// rule: T-Record
// expect-error: T-Record at 6:22
host a
record Person(name: String, age: Int)
at a { Person("Ann", "31") }
