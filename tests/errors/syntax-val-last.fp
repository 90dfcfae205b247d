// A block ends in a term.
host a
at a {
  val x = 1;
}
