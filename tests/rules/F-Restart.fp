// F-Restart: b crashes, and is there again with an empty store.
// rule: F-Restart
// flags: --crashes 1 --restarts 1 --among b --schedule 1.1 --then round-robin
// expect: a = 2
host a, b
at a { 1 + 1 }
