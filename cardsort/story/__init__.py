"""What the result says, once: sentences and rules for every medium. No query, no page, no look."""
