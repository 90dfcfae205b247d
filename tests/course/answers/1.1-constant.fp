// wrong: nothing is made of what was captured
host a
at a { spore { k = 40; (x: Int) => 42 }(2) }
