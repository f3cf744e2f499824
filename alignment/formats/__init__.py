"""Ways to write an aligned document down and to read it back: one module a format."""
