// WF-Asked: c was asked, and has nothing to do with this silo.
// rule: WF-Asked
// expect-error: WF-Asked
config {
  host a: await((a,0)) | { }             next 1 asked { (a,0) -> Ref(Mat((a,0)), b) at c }
  host b: unit         | { (a,0) -> 41 } next 0 asked { }
  host c: unit         | { }             next 0 asked { }
  messages:
  results: a none
  types: (a,0): Int
}
