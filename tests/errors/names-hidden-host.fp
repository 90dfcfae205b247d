// A list of hosts names hosts, never variables.
host a, b
at a {
  val b = a;
  populate([b], 1)
}
