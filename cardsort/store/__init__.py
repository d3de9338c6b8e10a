"""Rows to domain values and back. The only place with SQL; it never commits."""
