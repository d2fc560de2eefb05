"""Keep things: the only part that knows SQLAlchemy. One transaction is one unit of work."""
