// Each host asks the other, and each is a replica. Whichever crashes, the other finds the data with itself.
// expect: a = 11
// expect: b = 21
// expect-check: resilient:1:a,b holds
host a, b
at a { await(send(populate([b, a], 10))) + 1 }
at b { await(send(populate([a, b], 20))) + 1 }
check resilient 1 of a, b
