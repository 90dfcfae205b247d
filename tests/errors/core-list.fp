// Lists are an extension.
// flags: --core
host a
at a { [1, 2] }
