// At most one `at` block for a host.
host a
at a { 1 }
at a { 2 }
