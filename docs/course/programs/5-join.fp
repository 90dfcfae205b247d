// A spore that captures a reference: it travels to b and asks c from there.
host a, b, c

at a {
  val names = populate(b, ["Ann", "Bob", "Eva"]);
  val guests = populate(c, ["Eva", "Cem", "Ann"]);
  val both = names.apply(spore { guests = guests; ns =>
    guests.apply(spore { ns = ns; gs => populate(currentHost, ns.filter(n => gs.exists(g => g == n))) })
  });
  await(both.send())
}
