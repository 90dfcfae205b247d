// T-Map: a function, or a spore, from elements to elements of the new list.
// rule: T-Map
// expect: a = [true, false]
host a
at a {
  val shown: List[Bool] = [1, 2].map(spore { limit = 2; x => x < limit });
  shown
}
