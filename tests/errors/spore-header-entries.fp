// An entry of a header does not see the others.
host a
at a { spore { k = 1, m = k + 1; (x: Int) => x * k + m }(3) }
