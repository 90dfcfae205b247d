host a
at a { await(send(populate(a, 5))) }
