// A configuration: a waits, its request and the data that b is to have are on their way.
config {
  host a: await((a,0)) + 1 | { } next 1
  host b: unit             | { } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0)), b <- Res((a,0), 41)
  results: a none
  types: (a,0): Int
}
