// A parenthesis is never closed.
host a, b
at a {
  val r = populate(b, 42);
  await(send(r)
}
