// wrong: a function, not a spore
host a
at a {
  val adder = (n: Int) => (x: Int) => n + x;
  adder(5)
}
