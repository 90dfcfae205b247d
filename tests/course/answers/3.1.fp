host a, b
at a {
  val f = send(populate(b, 10));
  await(f) + await(f)
}
