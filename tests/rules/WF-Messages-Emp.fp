// WF-Messages-Emp: no messages.
// rule: WF-Messages-Emp
// expect: a = 42
config {
  host a: 40 + 2 | { }             next 1
  host b: unit   | { (a,0) -> 41 } next 0
  messages:
  results: a none
  types: (a,0): Int
}
