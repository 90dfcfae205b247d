// The value has the type of the host's program.
host a
at a { 1 }
check result a == unit
