"""The journal: an append-only log of events per session, and the drafts of what is not sent yet."""
