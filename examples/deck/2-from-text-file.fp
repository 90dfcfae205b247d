// Silo factories: `fromTextFile` populates a silo with the lines of a file, here names of persons.
// expect: laptop = ["Ann", "Bob", "Cem"]

host laptop, node1

at laptop {
  val names: SiloRef[List[String]] = SiloRef.fromTextFile(node1, "names.txt");
  await(names.send())
}
