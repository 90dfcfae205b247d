// A def has not the name of a host.
host a
def a: Int = 1
at a { 1 }
