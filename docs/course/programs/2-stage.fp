// Two spores are applied to data on b. Nothing is computed: the reference only gets a longer lineage.
host a, b

at a {
  val numbers = populate(b, [1, 2, 3, 4]);
  val large = numbers.apply(spore { ns => populate(currentHost, ns.filter(n => n >= 3)) });
  large.apply(spore { ns => populate(currentHost, ns.map(n => 10 * n)) })
}
