// T-Spore: the types of what a spore captured are part of its type, in the order of the header.
// rule: T-Spore
// expect: a = 3
host a
at a {
  val p: Int => Int { type C = (Int, Host) } = spore { n: Int = 1, h: Host = a; (x: Int) => x + n };
  p(2)
}
