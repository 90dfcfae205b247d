// T-Record: one term for each field.
// rule: T-Record
// expect: a = Person("Ann", 31)
host a
record Person(name: String, age: Int)
at a { Person("Ann", 30 + 1) }
