// What a function captured does not show in its type.
host a, b
at a {
  val f = (x: Int) => x + 1;
  populate(b, 1).apply(spore { g = f; x => populate(currentHost, g(x)) })
}
