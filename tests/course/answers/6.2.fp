host a, b
at a {
  populate(b, 1);
  populate(b, unit)
}
