// Each host has its own error.
host a, b
at a { await(1) }
at b { send(2) }
