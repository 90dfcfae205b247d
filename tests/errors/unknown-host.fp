// The host of an `at` block is declared.
host alice, bob
at alcie { 1 }
