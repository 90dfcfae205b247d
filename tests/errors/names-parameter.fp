// The parameter has another name than the entries.
host a
at a { spore { x = 1; (x: Int) => x }(1) }
