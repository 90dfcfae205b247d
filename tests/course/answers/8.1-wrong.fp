// wrong: one replica
host a, r1, r2
at a {
  val r = populate(r1, 50);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, x + 1) })))
}
