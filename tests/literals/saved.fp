// A state before R-FromLineage: two lineages from files, one with a reference in its leaf; numbers go on from one to the next.
// expect: a = 14
config {
  host a:
    await(send(fromLineage(
      [b, a],
      Saved(Applied((currentHost,1), Mat((currentHost,0)), $1), (currentHost,0) -> 5)
    ))) + await(send(fromLineage(
      b,
      Saved(
        Applied(
          (currentHost,4), Mat((currentHost,2)),
          spore { (r: SiloRef[Int]) => apply(r, spore { (n: Int) => populate(currentHost, n + 1) }) }
        ),
        (currentHost,2) -> Ref(Mat((currentHost,3)), []),
        (currentHost,3) -> 3
      )
    )))
    | { } next 2
  host b: unit | { (a,1) -> 7 } next 0
  messages:
  results: a none
  where: $1 = spore { (x: Int) => populate(currentHost, x * 2) }
}
