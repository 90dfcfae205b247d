// A record misspelt.
host a
record Person(name: String, age: Int)
at a { Persn("Ann", 31) }
