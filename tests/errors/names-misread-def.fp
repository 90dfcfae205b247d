// A def with a syntax error is known, and nothing is said of its type.
host a
def limit = 18
def twice: Int => Int = (x: Int) => x * 2
at a {
  twice(limit) + unit
}
