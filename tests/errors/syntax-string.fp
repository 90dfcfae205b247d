// A string ends on its line.
host a
at a { "Hi, ++ "Ann" }
