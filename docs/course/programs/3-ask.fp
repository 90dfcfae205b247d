// Two silos are asked before the answer of either is waited for.
host a, b, c

at a {
  val left = send(populate(b, 20));
  val right = send(populate(c, 22));
  await(left) + await(right)
}
