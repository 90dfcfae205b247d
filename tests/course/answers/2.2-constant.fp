// wrong: the spore does not look at its data
host a, b
at a {
  val r = populate(b, 15);
  await(send(r.apply(spore { x => populate(currentHost, 30) })))
}
