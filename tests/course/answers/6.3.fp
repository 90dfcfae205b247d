host a
at a { 1; 2 }
