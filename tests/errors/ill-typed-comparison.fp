// Functions cannot be compared.
host a
at a { ((x: Int) => x) == ((y: Int) => y) }
