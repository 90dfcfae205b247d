// The spore has a header already.
host a
at a {
  val k = 1;
  val m = 2;
  spore { k = k; (x: Int) => x * k + m }(3)
}
