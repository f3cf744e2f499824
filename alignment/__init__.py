"""Which French words each English word came from: pure functions over text and spans."""
