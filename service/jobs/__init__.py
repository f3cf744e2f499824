"""Batch jobs: taken in, planned, run here or by workers on other machines, and reported."""
