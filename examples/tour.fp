// A tour of the language. Run it, then `funpass run --trace examples/tour.fp` to see each rule at work.
//
// expect: office = "done"
// expect: alice = Report(42, [1, 4, 9], "to be or not", [Pet("Rex", 4), Pet("Tom", 9)], alice)
// expect: bob = 13

/* Hosts are the machines. A host with an `at` block starts with that program; the others serve requests,
   and so does every host that has finished or waits. Declarations come in any order. */
host office, alice, bob
host store1, store2

// ---- values and functions -------------------------------------------------------------------------------

at office {
  // Integers have + - *, and `*` binds tighter. `;` drops what stands before it.
  1 + 2 * 3 - 4;

  // `val` names a value. Its type may be written or left out.
  val seven: Int = 7;
  val nothing = unit;
  val here: Host = currentHost;

  // Functions take one argument; their parameter has a type.
  val add = (x: Int) => (y: Int) => x + y;
  add(seven)(1);

  // A block is a term.
  val eight = { val one = 1; seven + one };

  // Truth values. `&&` and `||` look at their right side only if they have to.
  val ok = !(eight == 9) && (seven < eight || seven >= eight);

  // `if` is a term, too. x.f(y) is f(x, y) for operations, and x.f() is f(x).
  if (ok) "done" else "never"
}

// A def is a closed value with a name, and can be used everywhere, in the bodies of spores, too.
def square: Int => Int = (x: Int) => x * x

// ---- data -----------------------------------------------------------------------------------------------

record Pet(name: String, age: Int)
record Report(answer: Int, squares: List[Int], text: String, pets: List[Pet], where: Host)

at alice {
  // Lists, and what can be done with them. Where a function stands as an argument, its parameter needs no type.
  val numbers = [1, 2] ++ range(3, 5);                       // [1, 2, 3, 4]
  val squares = numbers.map(square).filter(n => n < 10);     // [1, 4, 9]
  val words = split("to be  or not", " ");                   // ["to", "be", "or", "not"]
  val text = words.fold("", (line: String) => word => if (line == "") word else line ++ " " ++ word);
  val letters = words.flatMap(word => split(word, ""));
  val some = letters.exists(letter => letter == "b") && size(letters) > 3;
  val none: List[Int] = [];

  // Records have fields.
  val pets = [Pet("Tom", 9), Pet("Rex", 4)].sortBy(pet => pet.age);
  val oldest = pets.fold(0, (age: Int) => pet => if (pet.age > age) pet.age else age);

  // ---- silos and spores ---------------------------------------------------------------------------------

  // A silo holds data on a host. `populate` makes one and gives a reference to it.
  val one: SiloRef[Int] = populate(store1, 6);

  // On several hosts at once, if you like.
  val two: SiloRef[Int] = populate([store1, store2], 7);

  // A spore is a function that can travel: what it takes along stands in its header, and its body sees the
  // header and the parameter only. The types of what it captured are part of its type.
  val scale: Int => SiloRef[Int] { type C = (Int) } =
    spore { factor: Int = 7; (x: Int) => populate(currentHost, x * factor) };

  // `apply` stages a computation on the data. Nothing runs yet. `currentHost` will be store1.
  val product: SiloRef[Int] = one.apply(scale);

  // `send` asks for the data: now the spore travels, and the answer comes back as a future. `await` waits.
  val future: Future[Int] = product.send();
  val answer = await(future);

  // A spore may capture a reference and ask for that data from where it runs; or return a reference to it.
  val sum = one.apply(spore { other = two; x => populate(currentHost, x + await(other.send())) });
  val same = one.apply(spore { other = two; x => other });
  val thirteen = await(sum.send());
  val seven = await(same.send());

  // Spores are values like others: they can be applied at home, sent, and put into silos.
  val code = populate(store2, spore { k = 2; (x: Int) => x * k });
  val twelve = await(code.send())(6);

  // ⇒ is the same as =>, and SiloRef. before populate means nothing; both are there for the slides' sake.
  val third = SiloRef.populate(store2, spore { (p: Pet) ⇒ p.name });

  // What is not mobile cannot travel, nor be put into a silo: a future, and a function, since what it
  // captured does not show in its type. `spore { f = future; … }` is refused by T-Spore.

  Report(answer, squares, text, pets, currentHost)
}

// Several hosts may have programs. Each has a result: the first value it reaches.
at bob {
  val r = populate(alice, 13);                               // alice serves this while she waits, or at the end
  await(r.send())
}

// Properties for the checker to look at. `run` has no use for them.
check result bob == 13
