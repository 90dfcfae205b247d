// T-Apply: the spore takes what is in the silo and returns a reference.
// rule: T-Apply
// expect: a = unit
host a, b
at a {
  val s: SiloRef[Unit] = apply(populate(b, 1), spore { (x: Int) => populate(currentHost, unit) });
  await(send(s))
}
