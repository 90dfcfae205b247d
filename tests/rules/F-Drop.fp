// F-Drop: what a sent to b is lost; a does not ask for it.
// rule: F-Drop
// flags: --drops 1 --among b --schedule 0.2 --then round-robin
// expect: a = 2
host a, b
at a { populate(b, 1); 2 }
