host a, b, s
at a { await(send(apply(populate(s, 10), spore { (x: Int) => populate(currentHost, x + 1) }))) }
at b { await(send(apply(populate(s, 20), spore { (x: Int) => populate(currentHost, x + 1) }))) }
