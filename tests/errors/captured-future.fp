// A future is completed at the host that asked for it, and nowhere else.
host a, b
at a {
  val one = populate(b, 1);
  val f = send(one);
  one.apply(spore { g = f; x => populate(currentHost, x + await(g)) })
}
