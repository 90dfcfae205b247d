// The lineage that save.fp made, on other hosts: `fromLineage` puts the data of its leaves on host cloud, and `send` computes.
//
// expect: phone = 55
host phone, cloud

record Order(customer: String, count: Int)

at phone {
  val owed = fromLineage(cloud, "annual.json");
  await(owed.send())
}

check safe
check result phone == 55
