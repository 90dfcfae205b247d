// Silo factories: `populate` puts data into a silo on a host and gives a reference to it.
// The data stays there; the reference is the lineage Mat(ι), and is all that the laptop has.
// expect: laptop = Ref(Mat((laptop,0)), node1)

host laptop, node1

record Person(name: String, age: Int)

at laptop {
  val persons: SiloRef[List[Person]] =
    SiloRef.populate(node1, [Person("Ann", 31), Person("Bob", 12), Person("Cem", 18)]);
  persons
}
