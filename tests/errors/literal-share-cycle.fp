// A share that needs itself.
config {
  host a: await(send(Ref($1, a))) | { } next 2
  messages:
  results: a none
  types: (a,0): Int, (a,1): Int
  where: $1 = Applied((a,1), $1, spore { (x: Int) => populate(a, x) })
}
