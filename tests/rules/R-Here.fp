// R-Here: `currentHost` is the host that runs it: b for the spore, a for the program.
// rule: R-Here
// expect: a = a
host a, b
at a {
  val where = apply(populate(b, unit), spore { (u: Unit) => populate(currentHost, currentHost) });
  await(send(where));
  currentHost
}
