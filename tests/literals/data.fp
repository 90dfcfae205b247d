// records stand beside the literal; lists and strings in stores and messages.
// expect: a = ["Ann", "Bob"]
record Person(name: String, age: Int)
config {
  host a: map(await((a,0)), (p: Person) => p.name) | { } next 2
  host b: unit | { (a,0) -> [Person("Ann", 31), Person("Bob", 12)], (a,1) -> []: List[Person] } next 0
  messages: b <- Req(a, Ref(Mat((a,0)), b), (a,0))
  results: a none
  types: (a,0): List[Person], (a,1): List[Person]
}
