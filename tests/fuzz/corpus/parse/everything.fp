host a
host b, c
record Person(name: String, age: Int)
def f: (Int => Int) => Int => Int { type C = (Int, Future[Int]) } = (g: Int => Int) => x => g(x)
def g: Int => Int { type C = () } => Int = f
at a {
  val x: Int = 1 + 2 * 3 - -4;
  val ys = [1, 2] ++ []: List[Int];
  if (x == 3 && !(x < 4)) { 1; 2 } else if (true) x => x else 1 + if (false) 2 else 3 + 4;
  SiloRef.populate([a, b], "a\u{3bb}\n").apply(spore { k: Int = 3, z = 2; (x: Int) => val y = 1; y + k }).send().await();
  p.age.f(2)(3)()
}
at b { f }
check safe check confluent
check result a == 1 == 2
check result a in 1, 2 + 3
check reaches a == Person("x", 1)
check resilient 1 of a, b
check transparent 2 of b
