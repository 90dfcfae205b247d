host a, b
at a {
  val r = populate(b, 5);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, x * 2) })))
}
