// A left-out parameter type is for a function written directly as the argument.
host a
at a {
  [1].map((x => x + 1))
}
