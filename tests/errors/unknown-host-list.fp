// A list of hosts holds names of hosts.
host laptop, node1, node2
at laptop { await(send(populate([node1, noed2], 42))) }
