// one identifier has one type everywhere: here two are written down.
// expect-error: types at 7:22
config {
  host a: 1 | { } next 1
  messages:
  results: a none
  types: (a,0): Int, (a,0): Host
}
