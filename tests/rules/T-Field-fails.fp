// T-Field: a person has no such field.
// rule: T-Field
// expect-error: T-Field at 6:26
host a
record Person(name: String, age: Int)
at a { Person("Ann", 31).height }
