// T-Field: a field has the type that the record declares.
// rule: T-Field
// expect: a = "Ann"
host a
record Person(name: String, age: Int)
at a {
  val name: String = Person("Ann", 31).name;
  name
}
