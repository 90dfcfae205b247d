// wrong: b completes its future by hand as well
host a, b, s
at a { await(send(apply(populate(s, 1), spore { (x: Int) => populate(currentHost, x + 1) }))) }
at b {
  val f = send(apply(populate(s, 2), spore { (x: Int) => populate(currentHost, x + 1) }));
  respond(b, f, 2);
  await(f)
}
