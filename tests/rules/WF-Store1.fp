// WF-Store1: the empty store is well-formed: both stores are empty, and the data is still on its way.
// rule: WF-Store1
// expect: a = 42
config {
  host a: await((a,0)) + 1 | { } next 1
  host b: unit             | { } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0)), b <- Res((a,0), 41)
  results: a none
  types: (a,0): Int
}
