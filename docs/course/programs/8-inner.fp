// The silo `boxed` holds a reference to a silo that the spore made, on the host that ran it and on no other.
// Exercise 8.3 repairs it.
host a, r1, r2

at a {
  val n = populate([r1, r2], 7);
  val boxed = n.apply(spore { x => populate(currentHost, populate(currentHost, x)) });
  val seven = await(boxed.send());
  await(send(seven.apply(spore { x => populate(currentHost, x * 3) })))
}
