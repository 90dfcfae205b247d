// wrong: the limit is captured, and another one is used
host a
at a {
  val limit = 18;
  val large = spore { limit = limit; (xs: List[Int]) => xs.filter(x => x >= 20) };
  large([20, 10, 30])
}
