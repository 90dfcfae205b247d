// wrong: T-Var refuses it
host a, b
at a {
  val f = send(populate(b, 1));
  val p = spore { (x: Int) => x + await(f) };
  p(2)
}
