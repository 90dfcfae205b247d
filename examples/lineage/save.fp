// A lineage that outlives its run: host laptop's result is a reference, and nothing was computed yet. Two spores lead from
// the orders, on host store, to what Ann owes; the second captured a reference to the price, on host office.
//
//   funpass lineage --of laptop --save annual.json examples/lineage/save.fp
//
// made annual.json, and load.fp reads it. It has no host in it, so load.fp's hosts are others.
//
// expect: laptop = Ref(Applied((laptop,3), Applied((laptop,2), Mat((laptop,0)), spore { x0: String = "Ann"; (x1: List[Order]) => val x2: List[Order] = filter(x1, (x2: Order) => x2.customer == x0); populate(currentHost, map(x2, (x3: Order) => x3.count)) }), spore { x0: SiloRef[Int] = Ref(Mat((laptop,1)), office); (x1: List[Int]) => val x2: Int = await(send(x0)); populate(currentHost, fold(x1, 0, (x3: Int) => (x4: Int) => x3 + x4) * x2) }), store)
host laptop, store, office

record Order(customer: String, count: Int)

at laptop {
  val orders = populate(store, [Order("Ann", 2), Order("Eva", 1), Order("Ann", 3)]);
  val price = populate(office, 11);
  val counts = orders.apply(spore { who = "Ann"; all =>
    val own = all.filter(order => order.customer == who);
    populate(currentHost, own.map(order => order.count))
  });
  counts.apply(spore { price = price; counts =>
    val each = await(price.send());
    populate(currentHost, counts.fold(0, (sum: Int) => n => sum + n) * each)
  })
}
