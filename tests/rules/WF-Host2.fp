// WF-Host2: every host is well-formed by itself.
// rule: WF-Host2
// expect: a = 2
// expect: b = 4
config {
  host a: 1 + 1 | { }             next 1
  host b: 2 + 2 | { (a,0) -> 41 } next 0
  messages:
  results: a none, b none
  types: (a,0): Int
}
