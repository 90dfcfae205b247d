// A record called like an operation could not be made.
host a
record size(width: Int)
at a { 1 }
