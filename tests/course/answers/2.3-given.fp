// wrong: the host is the data
host a, b
at a {
  val h = b;
  await(send(apply(populate(h, h), spore { (x: Host) => { currentHost; populate(currentHost, x) } })))
}
