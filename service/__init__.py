"""The HTTP service and the command around the alignment."""
