// shares may use each other: $2 is a spore in the lineage $1.
// expect: a = 30
config {
  host a: await(send(Ref($1, b))) + await(send(Ref($3, b))) | { }            next 3
  host b: unit                                              | { (a,0) -> 5 } next 0
  messages:
  results: a none
  types: (a,0): Int, (a,1): Int, (a,2): Int
  where:
    $1 = Applied((a,1), Mat((a,0)), $2),
    $2 = spore { (x: Int) => populate(currentHost, x * 2) },
    $3 = Applied((a,2), $1, $2)
}
