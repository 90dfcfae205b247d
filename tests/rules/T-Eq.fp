// T-Eq: both sides have one type, and that can be compared.
// rule: T-Eq
// expect: a = true
host a, b
at a { [a, b] == [currentHost, b] }
