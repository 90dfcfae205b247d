// T-Id: an identifier is a future of the type that Σ gives it.
// rule: T-Id
// expect: a = 5
config {
  host a: await((a,0)) + 1 | { }            next 1
  host b: unit             | { (a,0) -> 4 } next 0
  messages: a <- Res((a,0), 4)
  results: a none
  types: (a,0): Int
}
