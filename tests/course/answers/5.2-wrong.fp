// wrong: the spore stays at a, where the answer comes
host a, b
at a {
  val f = send(populate(a, 1));
  val p = spore { f = f; (x: Int) => x + await(f) };
  p(2)
}
