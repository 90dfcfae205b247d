// Strings are joined with ++; the slides write +.
host a
record Person(name: String, age: Int)
at a { [Person("Ann", 31)].map(p => "Hi, " + p.name) }
