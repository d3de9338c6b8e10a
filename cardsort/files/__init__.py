"""Tables in and out: decks and ballots read from files, and the result to take along. The only place with pandas."""
