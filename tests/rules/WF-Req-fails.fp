// WF-Req: the silo holds an integer, and the answer is awaited as a host.
// rule: WF-Req
// expect-error: WF-Req
config {
  host a: await((a,1)) | { }             next 2
  host b: unit         | { (a,0) -> 41 } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,1))
  results: a none
  types: (a,0): Int, (a,1): Host
}
