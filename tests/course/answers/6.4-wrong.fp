// wrong: it is refused, but nobody adds
host a, b
at a {
  val r = populate(b, unit);
  await(send(apply(r, spore { (x: Int) => populate(currentHost, x) })))
}
