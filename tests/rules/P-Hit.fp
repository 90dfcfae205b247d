// P-Hit: the data is in the silo when the request arrives.
// rule: P-Hit
// expect: a = 6
host a, b
at a {
  val r = populate(b, 6);
  1 + 1 + 1 + 1;
  await(send(r))
}
