"""Pages that need no link: the start, the deck, whether the server is well."""
