"""Pages: thin views that parse, call one use case, and render; a folder for each kind of user."""
