// the parent is an integer, and the spore takes a host.
config {
  host a: await((a,1)) + 1 | { }            next 2
  host b: unit             | { (a,0) -> 5 } next 0
  messages: b <- Req(a, Ref(Applied((a,1), Mat((a,0)), spore { (x: Host) => populate(x, 2) }), b), (a,1))
  results: a none
  types: (a,0): Int, (a,1): Int
}
