// wrong: b asks nobody
host a, b, s
at a { await(send(apply(populate(s, 10), spore { (x: Int) => populate(currentHost, x + 1) }))) }
at b { 20 + 1 }
