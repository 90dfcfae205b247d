// a waits for (a,0), and nobody will ever answer: no rule applies.
// expect-outcome: stuck
config {
  host a: await((a,0)) + 1 | { } next 1
  host b: unit | { } next 0
  messages:
  results: a none
  types: (a,0): Int
}
