host a, b, c
at a {
  val xs = populate(b, [1, 2, 3, 4]);
  val ys = populate(c, [2, 4, 6]);
  val both = xs.apply(spore { ys = ys; xs =>
    ys.apply(spore { xs = xs; ys => populate(currentHost, xs.filter(x => ys.exists(y => x == y))) })
  });
  await(both.send())
}
