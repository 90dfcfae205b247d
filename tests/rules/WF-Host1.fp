// WF-Host1: hosts are judged one by one, down to none at all.
// rule: WF-Host1
// expect: a = 42
config {
  host a: 20 + 22 | { } next 0
  messages:
  results: a none
  types:
}
