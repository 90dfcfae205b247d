// R-Split: empty pieces are dropped; an empty separator gives the code points.
// rule: R-Split
// expect: a = ["to", "be", "or", "n", "é"]
host a
at a { split("  to be  or ", " ") ++ split("né", "") }
