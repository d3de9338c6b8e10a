"""Templates are read in an editor, beside each other, and in what two versions differ."""

import re

from cardsort import resources

LONGEST = 160  # characters
LOOKED_FOR = re.compile(r'find\("([a-z-]+)"\)|\[data-([a-z-]+)|dataset\.(\w+)\b(?! = )')
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


def test_every_mark_that_a_script_looks_for_stands_in_a_template():
    scripts, templates = (
        "".join(path.read_text(encoding="utf-8") for path in folder.rglob(kind))
        for folder, kind in ((resources.STATIC / "js", "*.js"), (resources.TEMPLATES, "*.html"))
    )
    looked_for = {
        re.sub("[A-Z]", lambda one: f"-{one[0].lower()}", "".join(one)) for one in LOOKED_FOR.findall(scripts)
    }
    standing = set(re.findall(r"\sdata-([a-z-]+)", templates))
    begun = tuple(name for name in standing if name.endswith("-"))  # and each is ended by a value
    assert {name for name in looked_for - standing if not name.startswith(begun)} == set()
