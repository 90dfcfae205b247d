host a
at a { spore { k = 40; (x: Int) => k + x }(2) }
