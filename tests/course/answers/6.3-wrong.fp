// wrong: the type differs, too
host a
at a { unit; 2 }
