"""The command line, and the server that it starts."""
