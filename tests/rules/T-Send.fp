// T-Send: a reference to a T gives a future of a T.
// rule: T-Send
// expect: a = b
host a, b
at a {
  val f: Future[Host] = send(populate(b, b));
  await(f)
}
