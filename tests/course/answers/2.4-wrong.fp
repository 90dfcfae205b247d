// wrong: both lists pass through a
host a, b, c
at a {
  val xs = populate(b, [1, 2, 3, 4]);
  val ys = populate(c, [2, 4, 6]);
  val here = await(xs.send());
  val there = await(ys.send());
  here.filter(x => there.exists(y => x == y))
}
