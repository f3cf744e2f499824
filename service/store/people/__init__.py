"""People in the store: accounts, sessions, API keys, failed attempts."""
