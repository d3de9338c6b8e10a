"""The accessibility statement, in the product, so that whoever is hindered finds it and whom to write to."""

import re
from datetime import date

from flask import Blueprint, render_template

from cardsort.web.kit.config import origin_of
from cardsort.web.kit.guard import config

bp = Blueprint("accessibility", __name__)
LOOKED_AT = date(2026, 11, 30)
MAIL = re.compile(r"[^\s@<>?]+@[^\s@<>?]+")


@bp.get("/accessibility")
def show() -> str:
    """What was tested with what, what does not conform, and whom to write to."""
    contact = config().contact
    return render_template(
        "pages/accessibility.html", looked_at=LOOKED_AT, contact=contact, leads_to=_place_of(contact)
    )


def _place_of(contact: str) -> str:
    """What a contact can be linked to: a mail to it, or its own address; "" for words."""
    if MAIL.fullmatch(contact):
        return f"mailto:{contact}"
    return contact if origin_of(contact) and not re.search(r"\s", contact) else ""
