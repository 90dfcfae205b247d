// One brace too many.
host a
at a { 1 } }
