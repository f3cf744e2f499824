"""Jobs in the store: the truth about every article of a job, whoever works on it."""
