// wrong: the spore stays at a, where the answer comes
host a, b, c
at a {
  val f = send(populate(c, 1));
  val p = spore { f = f; (x: Int) => x + await(f) };
  p(2)
}
