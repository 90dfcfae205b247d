// wrong: the spore is told where it runs
host a, b
at a {
  val r = populate(b, 0);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, b) })))
}
