// wrong: both answers are the same
host a, b
at a {
  val f = send(populate(b, 1));
  respond(a, f, 1);
  await(f)
}
