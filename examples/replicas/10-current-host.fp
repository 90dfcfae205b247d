// Failures show through where a value depends on the host that computes it. The spore says where it ran: r1 without
// failures, r1 or r2 with one.
// expect: a = r1
// expect-check: resilient:1:r1,r2 holds
// expect-check: transparent:1:r1,r2 violated
host a, r1, r2
at a {
  val r = populate([r1, r2], 42);
  await(send(apply(r, spore { (x: Int) => populate([r1, r2], currentHost) })))
}
check resilient 1 of r1, r2
check transparent 1 of r1, r2
