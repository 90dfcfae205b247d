// wrong: the parent is on its way without being asked for
host a, b
at a {
  val r = populate(b, 41);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, x + 1) })))
}
