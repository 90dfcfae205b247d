// Every check that a program can state, some of which do not hold.
host a, b
at a {
  val f = send(populate(b, 1));
  respond(a, f, 42);
  await(f)
}
check safe
check confluent
check result a == 1
check result a in 1, 42
check reaches a == 42
check reaches a == 2
check resilient 1 of b
check transparent 1 of b
