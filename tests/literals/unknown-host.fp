// the messages of a literal go to hosts that it has.
// expect-error: undeclared host at 5:13
config {
  host a: 1 | { } next 1
  messages: z <- Res((a,0), 1)
  results: a none
  types: (a,0): Int
}
