host a, b
at a {
  val r = populate(b, 5);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });
  apply(s, spore { (x: Int) => populate(currentHost, x * 2) })
}
