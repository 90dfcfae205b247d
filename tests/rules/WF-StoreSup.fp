// WF-StoreSup: a store need not have every identifier of Σ: that of a has none of the two.
// rule: WF-StoreSup
// expect: a = 42
config {
  host a: await((a,0)) + 1 | { }                         next 2
  host b: unit             | { (a,0) -> 41, (a,1) -> 1 } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0))
  results: a none
  types: (a,0): Int, (a,1): Int
}
