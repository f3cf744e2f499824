"""Documents in and out by libraries that `alignment` does without."""
