// WF-HostConfig: a host: its store is well-formed and its term has a type.
// rule: WF-HostConfig
// expect: a = 84
config {
  host a: (await((a,0)) + 1) * 2 | { }             next 1
  host b: unit                   | { (a,0) -> 41 } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0))
  results: a none
  types: (a,0): Int
}
