host a, b
at a {
  val f = send(populate(a, 1));
  val q = populate(b, 2);
  await(send(apply(q, spore { f = f; (x: Int) => populate(currentHost, x + await(f)) })))
}
