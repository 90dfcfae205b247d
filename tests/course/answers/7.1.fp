host a, b, c
at a {
  val f = send(populate(c, 1));
  val q = populate(b, 2);
  val coin = send(populate(b, 0));
  respond(a, coin, 1);
  if (await(coin) == 1) 3
  else await(send(apply(q, spore { f = f; (x: Int) => populate(currentHost, x + await(f)) })))
}
