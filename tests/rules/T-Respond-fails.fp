// T-Respond: the value has not the type of the future.
// rule: T-Respond
// expect-error: T-Respond at 7:17
host a, b
at a {
  val f = send(populate(b, 1));
  respond(a, f, unit)
}
