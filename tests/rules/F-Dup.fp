// F-Dup: what a sent to b arrives twice; stores are write-once.
// rule: F-Dup
// flags: --duplicates 1 --among b --schedule 0.2 --then round-robin
// expect: a = 1
host a, b
at a {
  val r = populate(b, 1);
  await(send(r))
}
