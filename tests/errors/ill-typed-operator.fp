// An integer and a unit.
host a
at a { 1 + unit * 2 }
