// A slip of the keyboard; the message says which name was probably meant.
// expect-error: T-Var at 6:14
host a, b
at a {
  val person = populate(b, 42);
  await(send(persn))
}
