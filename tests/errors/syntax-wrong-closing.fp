// A parenthesis closed by a bracket.
host a
at a { (1 + 2] * 3 }
