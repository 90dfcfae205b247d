// handlers nested on b, as R-Process leaves them: it serves a, and waits for its own data first.
// expect: a = 3
config {
  host a: await((a,1)) | { } next 2
  host b: respond(a, (a,1), { await((a,0)); await((b,0)) }) | { (b,0) -> 3 } next 1
  messages: b <- Res((a,0), 2)
  results: a none
  types: (a,0): Int, (a,1): Int, (b,0): Int
}
