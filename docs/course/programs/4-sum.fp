// Two futures: one has a race, the other has none.
host a, b

at a {
  val f = send(populate(b, 1));
  val g = send(populate(b, 10));
  respond(a, f, 2);
  await(f) + await(g)
}
