// So is `if`; under --core it is a name like others.
// flags: --core
host a
at a { if (1) 2 else 3 }
