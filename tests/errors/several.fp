// Four errors that have nothing to do with each other, reported in one go.
host a, b
at a {
  val r = populate(bb, 1);
  val n = 1 + unit;
  val m = 2 * tru;
  send(n)
}
