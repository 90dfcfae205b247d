// R-Populate: the data goes to its silo as a message; two hosts get a copy each.
// rule: R-Populate
// expect: a = 9
host a, b, c
at a {
  val r = populate([b, c], 9);
  await(send(r))
}
