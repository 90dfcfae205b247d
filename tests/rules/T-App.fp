// T-App: argument and parameter have one type.
// rule: T-App
// expect: a = 3
host a
at a { ((h: Host) => 3)(currentHost) }
