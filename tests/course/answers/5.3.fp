host a, b, c
at a {
  val r = populate(c, 1);
  val q = populate(b, 2);
  await(send(apply(q, spore { r = r; (x: Int) => populate(currentHost, x + await(send(r))) })))
}
