// T-Int: integer literals, negative ones too.
// rule: T-Int
// expect: a = -7
host a
at a { -7 }
