// "Program execution should never get stuck if at most N-1 out of 2N replicas fail": the data on four hosts,
// so N = 2. The first of them is asked; the reference names the others, too, and so does all that is derived.
// expect: laptop = 42

host laptop, node1, node2, node3, node4

at laptop {
  val numbers = SiloRef.populate([node1, node2, node3, node4], [6, 7]);
  val product =
    numbers.apply(spore { ns =>
      SiloRef.populate(currentHost, ns.fold(1, (product: Int) => n => product * n))
    });
  await(product.send())
}
