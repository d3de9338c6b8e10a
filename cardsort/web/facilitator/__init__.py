"""The desk, and what belongs to it: preparing, printing, the result, the agenda, the projector."""
