// wrong: it waits
host a, b
at a {
  val f = send(populate(b, 10));
  await(f);
  7
}
