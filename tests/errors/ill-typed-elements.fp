// All elements have one type.
host a
at a { [1, 2, "three"] }
