// The first argument of `respond` is the name of a host.
host a, b
at a {
  val f = send(populate(b, 1));
  val h = a;
  respond(h, f, 2);
  await(f)
}
