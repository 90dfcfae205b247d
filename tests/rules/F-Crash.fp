// F-Crash: b crashes; a does not need it.
// rule: F-Crash
// flags: --crashes 1 --among b --schedule 1 --then round-robin
// expect: a = 2
host a, b
at a { 1 + 1 }
