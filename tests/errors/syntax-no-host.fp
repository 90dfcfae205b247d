// A program declares at least one host.
def one: Int = 1
