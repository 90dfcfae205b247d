// wrong: it has captured 5, and adds nothing
host a
at a {
  val adder = (n: Int) => spore { n = n; (x: Int) => 7 };
  adder(5)
}
