// A spore's body sees its header and its parameter only: `limit` has to be captured in the header.
// expect-error: T-Var at 7:83
host a, b
at a {
  val limit = 18;
  val ages = populate(b, [31, 12]);
  val adults = ages.apply(spore { xs => populate(currentHost, xs.filter(x => x >= limit)) });
  await(adults.send())
}
