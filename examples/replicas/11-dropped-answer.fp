// One message may be lost, at any host: a copy, a request, or an answer. The loss of a request or of an answer is noticed by the
// host that waits for it, and it asks again; a lost copy is missed only by who asks that host, and the other one has it.
// flags: --drops 1
// expect: a = 43
// expect-check: progress holds
// expect-check: finite-materialization holds
host a, r1, r2
at a {
  val r = populate([r1, r2], 42);
  await(send(apply(r, spore { (x: Int) => populate([r1, r2], x + 1) })))
}
