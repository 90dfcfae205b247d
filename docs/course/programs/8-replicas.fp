// The data is on two hosts; what a spore makes of it is not.
host a, r1, r2

at a {
  val r = populate([r1, r2], 42);
  val s = r.apply(spore { x => populate(currentHost, x + 1) });
  await(s.send())
}
check resilient 1 of r1, r2
check resilient 2 of r1, r2
