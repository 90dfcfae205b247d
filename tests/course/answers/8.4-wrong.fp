// wrong: the host is taken at a
host a, r1, r2
at a {
  val r = populate([r1, r2], r1);
  await(send(r))
}
