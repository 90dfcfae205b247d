// R-AppSpore: a spore is applied like a function; its header was evaluated when it was made.
// rule: R-AppSpore
// expect: a = 20
host a
at a {
  val rate = 3;
  val scale = spore { k: Int = rate + 1; (x: Int) => x * k };
  scale(5)
}
