// a has its result, b has none yet.
// expect: a = 1
// expect: b = 40
config {
  host a: unit | { } next 1
  host b: 20 * 2 | { } next 0
  messages: a <- Res((a,0), 1)
  results: a 1, b none
  types: (a,0): Int
}
