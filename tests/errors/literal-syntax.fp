// `next` is missing.
config {
  host a: 1 | { }
  messages:
}
