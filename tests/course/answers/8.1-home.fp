// wrong: a keeps all, and no replica is used
host a, r1, r2
at a {
  val r = populate(a, 50);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, x + 1) })))
}
