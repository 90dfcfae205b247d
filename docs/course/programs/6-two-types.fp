// Two silos of two types.
host a, b

at a {
  val one = populate(b, 1);
  val yes = populate(b, true);
  if (await(send(yes))) await(send(one)) else 0
}
