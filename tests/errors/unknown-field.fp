// A field misspelt.
host a
record Person(name: String, age: Int)
at a { Person("Ann", 31).nmae }
