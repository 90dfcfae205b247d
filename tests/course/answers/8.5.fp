host a, b
at a { await(send(populate([b, a], 42))) }
