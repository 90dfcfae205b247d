// no host has a result to give; b takes its message and that is all.
// expect-outcome: final
config {
  host a: unit | { } next 1
  host b: unit | { } next 0
  messages: b <- Res((a,0), spore { k: Int = 2; (x: Int) => x * k })
  types: (a,0): Int => Int { type C = (Int) }
}
