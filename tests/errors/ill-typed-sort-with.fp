// The slides write sortWith.
host a
record Person(name: String, age: Int)
at a { [Person("Ann", 31)].sortWith(p => p.age) }
