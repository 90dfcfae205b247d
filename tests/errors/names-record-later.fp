// A record sees only those above it.
host a
record One(two: Two)
record Two(n: Int)
at a { 1 }
