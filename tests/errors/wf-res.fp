// the answer for an integer is a host.
config {
  host a: await((a,0)) + 1 | { } next 1
  host b: unit             | { } next 0
  messages: a <- Res((a,0), b)
  results: a none
  types: (a,0): Int
}
