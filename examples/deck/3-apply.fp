// Primitive: apply. A spore is to be applied to the data in the silo. Evaluation is deferred: nothing is
// sent to node1 but the persons, no spore runs, and `adults` is a longer lineage and nothing else.
// expect: laptop = unit

host laptop, node1

record Person(name: String, age: Int)

at laptop {
  val persons: SiloRef[List[Person]] =
    SiloRef.populate(node1, [Person("Ann", 31), Person("Bob", 12), Person("Cem", 18)]);
  val adults =
    persons.apply(spore { ps =>
      val res = ps.filter(p => p.age >= 18);
      SiloRef.populate(currentHost, res)
    });
  adults;
  unit
}
