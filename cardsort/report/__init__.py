"""From a frozen comparison to a printed page: data, then story, then bytes. No query, no HTTP, no computing."""
