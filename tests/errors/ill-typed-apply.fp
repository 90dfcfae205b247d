// The silo holds an integer, the spore takes a host.
host a, b
at a {
  val r = populate(b, 42);
  apply(r, spore { (h: Host) => populate(h, 1) })
}
