"""Hold what is true whatever the weather: standard library only, no I/O, no await, no clock."""
