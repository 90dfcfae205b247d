host a, b
at a {
  val f = send(populate(b, 1));
  respond(a, f, 2);
  await(f)
}
