"""The rules of the exercise. Standard library only: no files, clock, randomness, database or HTTP."""
