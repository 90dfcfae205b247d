// Behind a dot stands an operation, a bound function, a def or a field.
host a
record Point(x: Int)
at a {
  1.Point();
  2.a();
  3
}
