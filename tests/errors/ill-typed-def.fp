// A def is closed but for earlier defs, and makes nothing.
host a, b
def one: SiloRef[Int] = populate(b, 1)
at a { await(send(one)) }
