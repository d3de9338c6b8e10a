"""Cardsort: what IT thinks its customers would choose, beside what they actually chose."""
