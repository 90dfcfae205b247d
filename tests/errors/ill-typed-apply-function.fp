// Only spores can travel.
host a, b
at a {
  val r = populate(b, 42);
  r.apply(x => populate(currentHost, x + 1))
}
