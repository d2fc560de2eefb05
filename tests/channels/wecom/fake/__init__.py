"""WeCom's side of customer service, on loopback: it enforces its own rules, and customers, servicers and events come from it."""
