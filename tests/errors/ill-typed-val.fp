// The annotation and the term do not agree; the rest is checked with the annotation.
host a
at a {
  val n: Int = unit;
  n + true
}
