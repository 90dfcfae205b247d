host a
at a {
  val limit = 18;
  val large = spore { limit = limit; (xs: List[Int]) => xs.filter(x => x >= limit) };
  large([20, 10, 30])
}
