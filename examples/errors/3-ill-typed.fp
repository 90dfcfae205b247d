// T-Apply: the silo holds an integer, and the spore takes a host.
// expect-error: T-Apply at 6:12
host a, b
at a {
  val r = populate(b, 42);
  apply(r, spore { (h: Host) => populate(h, 1) })
}
