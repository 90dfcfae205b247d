// A function that is not an argument has to say what it takes.
host a
at a {
  val f = x => x + 1;
  f(1)
}
