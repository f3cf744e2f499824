"""What reviewers do, in the store: states, edits, flags, comments, judgements."""
