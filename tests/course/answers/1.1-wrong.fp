// wrong: the 40 is in the body, nothing is captured
host a
at a { spore { (x: Int) => 40 + x }(2) }
