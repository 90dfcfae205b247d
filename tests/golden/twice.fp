// A silo that is asked for twice computes its data twice: nothing is kept where it was asked for.
// expect: a = 12
host a, b
at a {
  val r = populate(b, 5);
  val s = r.apply(spore { x => populate(currentHost, x + 1) });
  await(s.send()) + await(s.send())
}
