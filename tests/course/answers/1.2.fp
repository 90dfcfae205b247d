host a
at a {
  val adder = (n: Int) => spore { n = n; (x: Int) => n + x };
  adder(5)
}
