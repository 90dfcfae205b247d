// wrong: currentHost is evaluated at a, and captured
host a, b
at a {
  val r = populate(b, 0);
  await(send(apply(r, spore { h = currentHost; (x: Int) => populate(b, h) })))
}
