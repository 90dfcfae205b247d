// Two drivers use the same replicas, each with data of its own.
// expect: a = 2
// expect: b = 3
// expect-check: resilient:1:r1,r2 holds
// expect-check: resilient:2:r1,r2 violated
host a, b, r1, r2
at a { await(send(populate([r1, r2], 1))) + 1 }
at b { await(send(populate([r1, r2], 2))) + 1 }
check resilient 1 of r1, r2
check resilient 2 of r1, r2
