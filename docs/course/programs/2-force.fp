// The same, and then the data is asked for.
host a, b

at a {
  val numbers = populate(b, [1, 2, 3, 4]);
  val large = numbers.apply(spore { ns => populate(currentHost, ns.filter(n => n >= 3)) });
  val tens = large.apply(spore { ns => populate(currentHost, ns.map(n => 10 * n)) });
  await(tens.send())
}
