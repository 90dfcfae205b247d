// A literal that no machine integer holds.
host a
at a { 1 + 9223372036854775808 }
