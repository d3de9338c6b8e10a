"""Templates are read in an editor, beside each other, and in what two versions differ."""

from cardsort import resources

LONGEST = 160  # characters
NOT_YET = {"_card.html", "ballot", "projector"}


def test_no_line_of_a_template_is_too_long_to_be_read():
    found = [
        (str(path.relative_to(resources.TEMPLATES)), number, len(line))
        for path in sorted(resources.TEMPLATES.rglob("*.*"))
        if path.relative_to(resources.TEMPLATES).parts[0] not in NOT_YET
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST
    ]
    assert found == []
