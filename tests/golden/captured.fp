// b waits for a future that only a can complete: what the mobility premises refuse.
host a, b
at a {
  val r = populate(b, 1);
  val f = send(populate(a, 2));
  await(send(apply(r, spore { g: Future[Int] = f; (x: Int) => populate(currentHost, await(g)) })))
}
