// T-Spore: a future makes no sense on another host, so a spore cannot capture one.
// rule: T-Spore
// expect-error: T-Spore at 7:19
host a, b
at a {
  val f = send(populate(b, 1));
  val p = spore { g: Future[Int] = f; (x: Int) => await(g) + x };
  p(1)
}
