"""Charts as geometry and words: which rows, marks and lines, by one rule for every medium. Nothing is drawn here."""
