// A comment that does not end.
host a
at a { 1 } /* to be continued
