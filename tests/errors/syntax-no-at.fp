// A term has to stand in an `at` block.
host a
1 + 2
