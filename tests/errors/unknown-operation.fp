// An operation misspelt.
host a
at a { [1, 2].fliter(x => x > 1) }
