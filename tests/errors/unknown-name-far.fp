// Nothing is called like that, or nearly like that.
host a
at a { 1 + somethingElse }
