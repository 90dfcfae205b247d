host a, b
at a {
  val f = send(populate(b, 1));
  val p = spore { f = f; (x: Int) => x + await(f) };
  p(2)
}
