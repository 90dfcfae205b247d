// wrong: a doubles
host a, b
at a {
  val r = populate(b, 15);
  await(r.send()) * 2
}
