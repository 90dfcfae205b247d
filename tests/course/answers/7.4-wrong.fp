// wrong: nobody is asked
host a, b
at a {
  populate(b, 5);
  5
}
