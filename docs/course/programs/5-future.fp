// A spore captured a future of a and goes to b, where no answer will ever come. Exercise 5.3 repairs it.
host a, b, c

at a {
  val r = populate(c, 1);
  val f = send(r);
  val q = populate(b, 2);
  val s = apply(q, spore { f = f; (x: Int) => populate(currentHost, x + await(f)) });
  await(send(s))
}
