// The future sits inside what is captured.
host a, b
at a {
  val f = send(populate(b, 1));
  val fs = [f];
  spore { gs = fs; (x: Int) => x }(1)
}
