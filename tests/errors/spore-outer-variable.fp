// `limit` stands outside; it has to be captured.
host a, b
at a {
  val limit = 18;
  val ages = populate(b, [31, 12]);
  val adults = ages.apply(spore { xs => populate(currentHost, xs.filter(x => x >= limit)) });
  await(adults.send())
}
