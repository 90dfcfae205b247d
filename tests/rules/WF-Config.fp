// WF-Config: hosts and messages are judged with one Σ.
// rule: WF-Config
// expect: a = 0
config {
  host a: await((a,0)) - 1 | { (a,0) -> 1 } next 1
  host b: unit             | { (a,0) -> 1 } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0))
  results: a none
  types: (a,0): Int
}
