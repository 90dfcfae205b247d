host a, b
at a {
  val f = send(populate(b, 1));
  respond(a, f, 2);
  respond(a, f, 3);
  await(f)
}
