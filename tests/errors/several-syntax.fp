// Two syntax errors in two declarations.
host a, b
at a { 1 + }
at b { (2 * 3 }
