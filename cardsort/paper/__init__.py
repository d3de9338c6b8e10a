"""Onto paper: what the story says, set as pages of a PDF, and the other sheets that are printed."""
