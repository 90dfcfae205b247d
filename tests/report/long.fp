// The crash of b comes after ten thousand steps of a, so the counterexample is that long.
// flags: --crashes 1 --among b --recovery off
// expect: a = 3118753
// expect-check: progress violated
host a, b
at a {
  val r = populate(b, 0);
  val n = fold(range(0, 2498), 0, (s: Int) => (x: Int) => s + x);
  await(send(r)) + n
}
