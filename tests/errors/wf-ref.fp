// there is no host z.
config {
  host a: await(send(Ref(Mat((a,0)), z))) | { }             next 1
  host b: unit                            | { (a,0) -> 41 } next 0
  messages:
  results: a none
  types: (a,0): Int
}
