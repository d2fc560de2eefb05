"""Say what an operator may decide about each platform: one file each, and ``every`` that reads them all."""
