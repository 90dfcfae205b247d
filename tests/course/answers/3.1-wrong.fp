// wrong: b is asked twice
host a, b
at a {
  val r = populate(b, 10);
  await(send(r)) + await(send(r))
}
