// \s is no escape.
host a
at a { split("a b", "\s") }
