// A spore that makes a silo and applies a spore to it. What it makes it replicates, too: the intermediate data lives on one
// replica at least, as long as one of the two is there when it is asked for.
// expect: a = 43
// expect-check: resilient:1:r1,r2 holds
// expect-check: resilient:2:r1,r2 violated
host a, r1, r2
at a {
  val r = populate([r1, r2], 42);
  val s = apply(r, spore {
    (x: Int) => {
      val inner = populate([r1, r2], x);
      apply(inner, spore { (y: Int) => populate(currentHost, y + 1) })
    }
  });
  await(send(s))
}
check resilient 1 of r1, r2
check resilient 2 of r1, r2
