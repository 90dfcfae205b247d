config {
  host a: await((a,1)) + 1 | { }             next 2   asked { (a,1) -> Ref($1, [b, c]) at nobody }
  host b: crashed                            next 0
  host c: unit             | { (a,0) -> 5 }  next 0   asked { }
  messages: c <- Req(a, Ref($1, [b, c]), (a,1))
  results: a none
  budgets: crashes 0, restarts 1, drops 0, duplicates 0 among b, c
  types: (a,0): Int, (a,1): Int
  where: $1 = Applied((a,1), Mat((a,0)), spore { (x: Int) => populate(currentHost, x * 2) })
}
