// WF-Asked: b was asked for what a waits for, and is one of the hosts that the reference names.
// rule: WF-Asked
// expect: a = 41
config {
  host a: await((a,0)) | { }             next 1 asked { (a,0) -> Ref(Mat((a,0)), [b, c]) at b }
  host b: unit         | { (a,0) -> 41 } next 0 asked { }
  host c: unit         | { (a,0) -> 41 } next 0 asked { }
  messages: b <- Req(a, Ref(Mat((a,0)), [b, c]), (a,0))
  results: a none
  types: (a,0): Int
}
