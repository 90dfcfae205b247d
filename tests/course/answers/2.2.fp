host a, b
at a {
  val r = populate(b, 15);
  val s = r.apply(spore { x => populate(currentHost, x * 2) });
  await(s.send())
}
