// WF-Req: a request asks for the type that its identifier has; here under another name than the lineage has.
// rule: WF-Req
// expect: a = 42
config {
  host a: await((a,1)) + 1 | { }             next 2
  host b: unit             | { (a,0) -> 41 } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,1))
  results: a none
  types: (a,0): Int, (a,1): Int
}
