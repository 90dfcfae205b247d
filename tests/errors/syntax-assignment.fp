// `==` compares, `=` does not.
host a
at a { if (1 = 2) 3 else 4 }
