// A silo cannot hold a function.
host a, b
at a { populate(b, [(x: Int) => x]) }
