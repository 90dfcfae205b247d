// R-Send: `send` asks for the silo and gives the future at once; nobody awaits this one.
// rule: R-Send
// expect: a = 2
host a, b
at a {
  val r = populate(b, 1);
  val f = send(r);
  2
}
