// A spore is not a function, though both may be applied.
host a
at a {
  val f: Int => Int = spore { (x: Int) => x };
  f(1)
}
