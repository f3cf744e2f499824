"""The commands of `visavis`, a module each."""
