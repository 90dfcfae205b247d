// The arrow of a function is `=>`.
host a
at a {
  val f = (x: Int) -> x + 1;
  f(1)
}
