// wrong: both have one type
host a, b
at a {
  populate(b, 1);
  populate(b, 2)
}
