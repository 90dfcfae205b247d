// P-App: a request for derived data: b gets the parent, applies the spore and forces what that returns.
// rule: P-App
// expect: a = 6
host a, b
at a {
  val r = populate(b, 5);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x + 1) });
  await(send(s))
}
