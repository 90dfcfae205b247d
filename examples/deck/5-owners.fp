// Let's make an interesting DAG! Adults that own a vehicle: a join of two silos on two hosts.
// The spore for the adults captured the reference to the vehicles, so it can go on from there: the spore
// inside captured the adults, travels to node2, and finds the vehicles. No list passes through the laptop.
// expect: laptop = [Person("Ann", 31), Person("Eva", 45)]

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
  // adults that own a vehicle
  val owners =
    adults.apply(spore { vehicles = vehicles; ps =>
      vehicles.apply(spore { ps = ps; vs =>
        SiloRef.populate(currentHost, ps.filter(p => vs.exists(v => v.owner == p.name)).sortBy(p => p.name))
      })
    });
  await(owners.send())
}
