// WF-Res: an answer carries a value of the type of its identifier.
// rule: WF-Res
// expect: a = 42
config {
  host a: await((a,0)) + 1 | { } next 1
  host b: unit             | { } next 0
  messages: a <- Res((a,0), 41)
  results: a none
  types: (a,0): Int
}
