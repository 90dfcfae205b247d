// Primitive: send. It forces what was staged: the lineage travels to node1, the spore runs there, and the
// future is completed with what it found.
// expect: laptop = [Person("Ann", 31), Person("Cem", 18)]

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
  val answer: Future[List[Person]] = adults.send();
  await(answer)
}
