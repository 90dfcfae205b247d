// wrong: the outer silo has two hosts, the inner one has one
host a, r1, r2

at a {
  val n = populate([r1, r2], 7);
  val boxed = n.apply(spore { x => populate([r1, r2], populate(currentHost, x)) });
  val seven = await(boxed.send());
  await(send(seven.apply(spore { x => populate(currentHost, x * 3) })))
}
