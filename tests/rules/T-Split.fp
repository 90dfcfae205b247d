// T-Split: two strings give a list of strings.
// rule: T-Split
// expect: a = ["a", "b"]
host a
at a {
  val words: List[String] = "a-b".split("-");
  words
}
