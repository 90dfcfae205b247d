// WF-Ref: a reference names a well-formed lineage and declared hosts.
// rule: WF-Ref
// expect: a = 6
config {
  host a: await(send(Ref(Mat((a,0)), [c, b]))) | { }            next 1
  host b: unit                                 | { (a,0) -> 6 } next 0
  host c: unit                                 | { (a,0) -> 6 } next 0
  messages:
  results: a none
  types: (a,0): Int
}
