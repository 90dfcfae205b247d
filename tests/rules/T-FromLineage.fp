// T-FromLineage: it has the file's type, here of two hosts that get the data.
// rule: T-FromLineage
// expect: a = 11
host a, b
at a {
  val r: SiloRef[Int] = fromLineage([b, a], "doubled.json");
  await(r.send()) + 1
}
