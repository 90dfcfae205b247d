// Integers are mathematical; those of the machine end here. This is a limit of the tool, and no result is made up.
// expect-outcome: limit
host a
at a { 9223372036854775807 + 1 }
