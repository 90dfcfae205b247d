host a, b
at a {
  val r = populate(b, 20);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });
  await(send(apply(s, spore { (x: Int) => populate(currentHost, x * 2) })))
}
