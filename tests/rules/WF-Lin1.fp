// WF-Lin1: the lineage of data that was put into a silo: its identifier is in Σ.
// rule: WF-Lin1
// expect: a = 42
config {
  host a: await((a,0)) + 1 | { }             next 1
  host b: unit             | { (a,0) -> 41 } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0))
  results: a none
  types: (a,0): Int
}
