host a, b
at a { await(send(populate(b, true))) }
