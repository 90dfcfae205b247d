// wrong: a does it all, no spore goes to b
host a, b, c
at a {
  val f = send(populate(c, 1));
  val g = send(populate(b, 2));
  await(f) + await(g)
}
