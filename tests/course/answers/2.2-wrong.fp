// wrong: a doubles
host a, b
at a {
  val r = populate(b, 10);
  await(r.send()) * 2
}
