host a, b
at a { await(send(populate(b, 5))) }
