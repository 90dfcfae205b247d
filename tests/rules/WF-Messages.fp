// WF-Messages: every message is well-formed by itself; the same one may be there twice.
// rule: WF-Messages
// expect: a = 42
config {
  host a: await((a,0)) + 1 | { }             next 1
  host b: unit             | { (a,0) -> 41 } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0)), b <- Req(a, Ref(Mat((a,0)), b), (a,0))
  results: a none
  types: (a,0): Int
}
