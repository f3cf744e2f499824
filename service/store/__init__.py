"""What the service remembers: documents, claims and their history, in SQLite or PostgreSQL.

All SQL of the project is in here. A `Store` is opened once, by
`opening.open_store`, and handed in; everything else is a function of a store.
What a function has returned from is written: it survives a kill and a power cut.
"""
