// A record has as many terms as fields.
host a
record Person(name: String, age: Int)
at a { Person("Ann") }
