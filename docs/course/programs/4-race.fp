// Two answers race for one future: that of b, and one that a gives itself.
host a, b

at a {
  val f = send(populate(b, 1));
  respond(a, f, 2);
  await(f)
}
check confluent
