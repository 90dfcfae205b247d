// WF-Store2: (a,0) is an integer, and the store of b holds something else under this name.
// rule: WF-Store2
// expect-error: WF-Store2
config {
  host a: await((a,0)) + 1 | { }               next 1
  host b: unit             | { (a,0) -> unit } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0))
  results: a none
  types: (a,0): Int
}
