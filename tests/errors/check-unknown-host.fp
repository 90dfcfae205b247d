// A check speaks of hosts with an `at` block.
host a, b
at a { 1 }
check result b == 1
