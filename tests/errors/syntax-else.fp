// An `if` has two branches.
host a
at a { if (1 < 2) 3 }
