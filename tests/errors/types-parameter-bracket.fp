// A parameter without a type has no parentheses.
host a
at a {
  [1].map((x) => x + 1)
}
