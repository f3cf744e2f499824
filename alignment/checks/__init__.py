"""The fidelity guard: what a translation may have lost, added or changed, one module a check."""
