// A future is completed at the host that asked, so a spore that captured one would wait for ever elsewhere.
// expect-error: T-Spore at 7:21
host a, b
at a {
  val one = populate(b, 1);
  val f = send(one);
  one.apply(spore { g = f; x => populate(currentHost, x + await(g)) })
}
