// wrong: there are no lists
host a, r1, r2, s1, s2
at a {
  val r = populate(a, 0);
  await(send(apply(r, spore { r = r; (x: Int) => populate(currentHost, [2, 4]) })))
}
