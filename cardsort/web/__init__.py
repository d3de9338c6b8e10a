"""Pages and commands: thin views that parse, call one use case, and render."""
