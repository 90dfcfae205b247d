// `$1` stands for a lineage that occurs twice; `where` says which.
// expect: a = 11
config {
  host a: await((a,1)) + 1 | { }            next 2
  host b: unit             | { (a,0) -> 5 } next 0
  messages: b <- Req(a, Ref($1, b), (a,1)), b <- Req(a, Ref($1, b), (a,1))
  results: a none
  types: (a,0): Int, (a,1): Int
  where: $1 = Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x * 2) })
}
