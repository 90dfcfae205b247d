// wrong: the list is in another order
host a
at a {
  val limit = 18;
  val large = spore { limit = limit; (xs: List[Int]) => xs.filter(x => x >= limit) };
  large([30, 10, 20])
}
