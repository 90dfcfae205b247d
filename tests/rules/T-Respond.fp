// T-Respond: a host, a future and a value of its type. Here b completes a future of a by hand,
// with the very value that the silo has.
// rule: T-Respond
// expect: a = 7
host a, b
at a {
  val f = send(populate(b, 7));
  val u: Unit = respond(a, f, 7);
  u;
  await(f)
}
