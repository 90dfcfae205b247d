// T-Pop: a host or a list of hosts, and data that is mobile: a spore with an integer in it is.
// rule: T-Pop
// expect: a = 15
host a, b
at a {
  val r: SiloRef[Int => Int { type C = (Int) }] = populate(b, spore { k = 3; (x: Int) => x * k });
  await(send(r))(5)
}
