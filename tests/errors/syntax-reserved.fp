// `send` is a reserved word.
host a
at a {
  val send = 1;
  send
}
