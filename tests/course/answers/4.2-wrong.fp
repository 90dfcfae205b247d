// wrong: the race shows
host a, b
at a {
  val f = send(populate(b, 3));
  respond(a, f, 4);
  await(f)
}
