// Names of a header are distinct.
host a
at a { spore { n = 1, n = 2; (x: Int) => n + x }(1) }
