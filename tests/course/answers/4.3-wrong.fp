// wrong: b completes its future by hand as well
host a, b, s
at a { await(send(apply(populate(s, 10), spore { (x: Int) => populate(currentHost, x + 1) }))) }
at b {
  val f = send(apply(populate(s, 20), spore { (x: Int) => populate(currentHost, x + 1) }));
  respond(b, f, 20);
  await(f)
}
