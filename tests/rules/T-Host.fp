// T-Host: the name of a host is a value of type Host.
// rule: T-Host
// expect: a = b
host a, b
at a {
  val h: Host = b;
  h
}
