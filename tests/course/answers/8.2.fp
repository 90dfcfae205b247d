host a, r1
at a { await(send(populate(r1, 42))) }
