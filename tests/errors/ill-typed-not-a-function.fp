// A number is no function.
host a
at a {
  val n = 3;
  n(4)
}
