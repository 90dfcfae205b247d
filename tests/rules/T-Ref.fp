// T-Ref: a reference in a running program: well-formed, and of the type of what it stands for.
// rule: T-Ref
// expect: a = 4
config {
  host a: await(send(Ref(Mat((a,0)), b))) | { }            next 1
  host b: unit                            | { (a,0) -> 4 } next 0
  messages:
  results: a none
  types: (a,0): Int
}
