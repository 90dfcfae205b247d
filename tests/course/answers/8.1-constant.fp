// wrong: the result is no result of the data
host a, r1, r2
at a {
  val r = populate(a, 50);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, 51) })))
}
