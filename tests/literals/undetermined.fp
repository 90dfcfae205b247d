// nothing says what (a,0) is: `types` has to.
// expect-error: types at 4:13
config {
  host a: { (a,0); 1 } | { } next 1
  messages:
  results: a none
}
