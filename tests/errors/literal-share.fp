// $2 is nowhere.
config {
  host a: await(send(Ref($2, a))) | { } next 1
  messages:
  results: a none
  types: (a,0): Int
  where: $1 = Mat((a,0))
}
