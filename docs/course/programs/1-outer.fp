// Refused: a spore's body sees its header and its parameter, and nothing else. Exercise 1.3 repairs it.
host a

at a {
  val limit = 18;
  val large = spore { (xs: List[Int]) => xs.filter(x => x >= limit) };
  large([20, 10, 30])
}
