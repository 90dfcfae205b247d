// There is no division.
host a
at a { 6 / 2 }
