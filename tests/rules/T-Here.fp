// T-Here: `currentHost` is a Host wherever it stands.
// rule: T-Here
// expect: a = a
host a
at a {
  val h: Host = currentHost;
  h
}
