// wrong: nothing is on b, the spore runs at c, and 3 is what it says in any case
host a, b, c
at a {
  val r = populate(c, 1);
  await(send(apply(r, spore { r = r; (x: Int) => populate(currentHost, 3) })))
}
