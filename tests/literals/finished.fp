// a final configuration: nothing to do, the result is there already.
// expect: a = 42
config {
  host a: unit | { } next 0
  messages:
  results: a 42
}
