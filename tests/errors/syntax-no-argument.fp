// f() is no term unless f is something bound or an operation.
host a
at a {
  val f = (u: Unit) => 1;
  f()
}
