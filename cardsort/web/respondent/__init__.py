"""The ballot, with all that hangs on a voting link."""
