// wrong: it asks
host a, b
at a {
  val r = populate(b, 5);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });
  val t = apply(s, spore { (x: Int) => populate(currentHost, x * 2) });
  send(t);
  t
}
