// `{ }` is no term.
host a
at a { }
