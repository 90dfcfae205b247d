host a, b, s
at a { await(send(apply(populate(s, 1), spore { (x: Int) => populate(currentHost, x + 1) }))) }
at b { await(send(apply(populate(s, 2), spore { (x: Int) => populate(currentHost, x + 1) }))) }
