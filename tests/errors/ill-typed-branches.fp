// Both branches have one type.
host a
at a { if (1 < 2) "one" else 2 }
