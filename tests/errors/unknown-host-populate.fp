// The host is `node1`.
host laptop, node1
at laptop { await(send(populate(nod1, 42))) }
