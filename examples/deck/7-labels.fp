// Basic idea: apply/send. The branch persons → adults → sorted → labels, kicked off by one `send` at its end:
// that asks for labels, which asks for sorted, and so on back to the data.
// expect: laptop = ["Hi, Cem", "Hi, Ann", "Hi, Eva"]

host laptop, node1

record Person(name: String, age: Int)

at laptop {
  val persons: SiloRef[List[Person]] =
    SiloRef.populate(node1, [Person("Eva", 45), Person("Ann", 31), Person("Bob", 12), Person("Cem", 18)]);
  val adults =
    persons.apply(spore { ps =>
      val res = ps.filter(p => p.age >= 18);
      SiloRef.populate(currentHost, res)
    });
  val sorted =
    adults.apply(spore { ps =>
      SiloRef.populate(currentHost,
        ps.sortBy(p => p.age))
    });
  val labels =
    sorted.apply(spore { ps =>
      SiloRef.populate(currentHost,
        ps.map(p => "Hi, " ++ p.name))
    });
  await(labels.send())
}
