"""Everybody does anything in any order, and the workshop is what a model of a few dictionaries says."""

from tests.trust.figures import SMALL
from tests.trust.model import play


def test_whatever_everybody_does_no_ballot_is_lost_doubled_or_seen_too_early(app):
    play(app, SMALL.workshops)
