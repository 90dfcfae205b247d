// R-Failover: r1 crashes with the request for the data; a asks r2, which has it too.
// rule: R-Failover
// flags: --crashes 1 --among r1 --schedule 0.0.3 --then round-robin
// expect: a = 42
host a, r1, r2
at a { await(send(populate([r1, r2], 42))) }
