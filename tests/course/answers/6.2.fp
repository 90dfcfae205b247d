host a
at a {
  populate(a, 1);
  populate(a, unit)
}
