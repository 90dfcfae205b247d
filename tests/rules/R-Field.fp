// R-Field: a field of a record.
// rule: R-Field
// expect: a = 32
host a
record Person(name: String, age: Int)
at a { Person("Ann", 31).age + 1 }
