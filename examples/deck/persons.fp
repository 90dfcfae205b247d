// The program of the slides, complete: a DAG of silos on two hosts, staged first, then forced by `send`.
//
//                  persons (node1)
//                     |
//                  adults        vehicles (node2)
//                   /   \         /
//              sorted    owners
//                 |
//              labels
//
// The slides write "Hi, " + p.name and sortWith; here these are ++ and sortBy.
// expect: laptop = ["Eva", "Ann"]

host laptop, node1, node2

record Person(name: String, age: Int)
record Vehicle(owner: String, plate: String)

at laptop {
  val persons: SiloRef[List[Person]] =
    SiloRef.populate(node1, [Person("Eva", 45), Person("Ann", 31), Person("Bob", 12), Person("Cem", 18)]);
  val adults =
    persons.apply(spore { ps =>
      val res = ps.filter(p => p.age >= 18);
      SiloRef.populate(currentHost, res)
    });

  val vehicles: SiloRef[List[Vehicle]] =
    SiloRef.populate(node2, [Vehicle("Ann", "W 20 AB"), Vehicle("Bob", "W 7 CD"), Vehicle("Eva", "S 1 EF")]);
  // adults that own a vehicle: the spore captured the reference to the vehicles and applies another one to it
  val owners =
    adults.apply(spore { vehicles = vehicles; ps =>
      vehicles.apply(spore { ps = ps; vs =>
        SiloRef.populate(currentHost, ps.filter(p => vs.exists(v => v.owner == p.name)))
      })
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

  // so far we just staged computation; now we kick it off
  val greetings = labels.send();
  val found = owners.send();
  await(greetings);
  await(found).map(p => p.name)
}
