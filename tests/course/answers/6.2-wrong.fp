// wrong: both have one type
host a
at a {
  populate(a, 1);
  populate(a, 2)
}
