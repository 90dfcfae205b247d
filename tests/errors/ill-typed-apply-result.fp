// The spore of `apply` has to return a reference.
host a, b
at a {
  val r = populate(b, 42);
  r.apply(spore { x => x + 1 })
}
