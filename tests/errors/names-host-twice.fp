// A host is declared once.
host a, b
host a
at a { 1 }
