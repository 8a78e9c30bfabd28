"""The command line: parses, then imports only what the command needs."""
