// without `types`: those of both identifiers follow from the terms.
// expect: a = true
config {
  host a: await((a,1)) | { } next 2
  host b: unit | { (a,0) -> 5 } next 0
  messages: b <- Req(a, Ref(Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x < 9) }), b), (a,1))
  results: a none
}
