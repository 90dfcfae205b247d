// The parenthesis of `send(` is never closed.
// expect-error: syntax at 6:15
host a, b
at a {
  val r = populate(b, 42);
  val f = send(r;
  await(f)
}
