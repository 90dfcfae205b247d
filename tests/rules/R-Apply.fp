// R-Apply: `apply` computes nothing: it only makes the lineage longer. The silo is never asked for here.
// rule: R-Apply
// expect: a = 1
host a, b
at a {
  val r = populate(b, 5);
  val s = apply(r, spore { (x: Int) => populate(currentHost, x * 2) });
  s;
  1
}
