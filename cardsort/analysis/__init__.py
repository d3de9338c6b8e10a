"""The statistics. Arrays in, frozen results out, a seed for all randomness; no Flask, no SQL, no files, no clock."""
