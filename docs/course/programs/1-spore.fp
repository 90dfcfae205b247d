// A function that makes spores: each has captured its own factor.
host a

at a {
  val scale = (factor: Int) => spore { factor = factor; (x: Int) => factor * x };
  val double = scale(2);
  double(21)
}
