"""Join the platforms: one folder each, all with the same files, and the outbox that sends through them."""
