host a, b, c
at a {
  val f = send(populate(c, 1));
  val q = populate(b, 2);
  await(send(apply(q, spore { f = f; (x: Int) => populate(currentHost, x + await(f)) })))
}
