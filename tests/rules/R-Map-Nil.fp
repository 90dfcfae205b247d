// R-Map-Nil: no elements, no calls; the list has a new type of elements.
// rule: R-Map-Nil
// expect: a = []
host a
at a {
  val none: List[String] = map([]: List[Int], x => "never");
  none
}
