// wrong: nobody is asked
host a, r1, r2
at a {
  val n = populate([r1, r2], 7);
  val boxed = n.apply(spore { x => populate(currentHost, populate([r1, r2], x)) });
  val seven = populate([r1, r2], 7);
  populate(r1, 7);
  seven.apply(spore { x => populate(currentHost, x * 3) });
  21
}
