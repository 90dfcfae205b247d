// A chain of two: whoever wants the end of it has to have its middle computed.
host a, b

at a {
  val r = populate(b, 1);
  val s = r.apply(spore { x => populate(currentHost, x + 1) });
  val t = s.apply(spore { x => populate(currentHost, x * 10) });
  await(t.send())
}
