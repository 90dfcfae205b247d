// A slip: `person` was meant.
host a, b
at a {
  val person = populate(b, 42);
  await(send(persn))
}
