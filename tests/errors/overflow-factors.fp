// One host runs out of integers, the other had its result.
// expect-outcome: limit
host a, b
at a { 1 + 1 }
at b { 1 + 4611686018427387904 * (0 - 3) }
