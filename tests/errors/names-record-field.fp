// Fields of a record are distinct.
host a
record Pair(one: Int, one: Int)
at a { 1 }
