// wrong: both lists pass through a, which applies the spores itself
host a, b, c
at a {
  val xs = await(send(populate(b, [1, 2, 3, 4])));
  val ys = await(send(populate(c, [2, 4, 6])));
  val same = spore { ys = ys; (xs: List[Int]) => xs.filter(x => ys.exists(y => x == y)) };
  val again = spore { (xs: List[Int]) => xs };
  again(same(xs))
}
