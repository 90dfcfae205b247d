// a silo on two hosts; the first of the list is asked.
// expect: a = 8
config {
  host a: await(send(Ref(Mat((a,0)), [b, c]))) | { } next 1
  host b: unit | { (a,0) -> 8 } next 0
  host c: unit | { } next 0
  messages: c <- Res((a,0), 8)
  results: a none
  types: (a,0): Int
}
