// A type misspelt.
host a
at a { (x: Itn) => x }
