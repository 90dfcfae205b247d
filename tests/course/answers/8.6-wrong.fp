// wrong: what the outer spore finds is kept on one replica
host a, r1, r2, s1, s2
at a {
  val xs = populate([r1, r2], [1, 2, 3, 4]);
  val ys = populate(s1, [2, 4, 6]);
  val both = xs.apply(spore { ys = ys; xs =>
    ys.apply(spore { xs = xs; ys => populate(currentHost, xs.filter(x => ys.exists(y => x == y))) })
  });
  await(both.send())
}
