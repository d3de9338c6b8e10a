"""The result on everybody's own device: the lists as the projector showed them, and beside them, by the page's script
alone, one's own. That one never leaves the device: the server says only which ballot's it must be.
"""

from dataclasses import replace

from flask import Blueprint, render_template

from cardsort.domain.ballots import CORE, Kind
from cardsort.usecases.devices import read_lists
from cardsort.usecases.voting import Voting, load_respondent
from cardsort.web.kit.access import respondent_key
from cardsort.web.respondent.voting import common_parts, voting_at

bp = Blueprint("lists", __name__, url_prefix="/v/<token>")


@bp.get("/result")
def show(token: str) -> str:
    """The lists, while the facilitator shows them; before that a sentence. On a shared tablet nobody's own."""
    voting = voting_at(token)
    lists, own = read_lists(voting.workshop), _own(voting)
    parts = common_parts(voting)
    return render_template(
        "ballot/result.html",
        **parts,
        lists=lists,
        own={} if parts["kiosk"] else own,
        core=CORE[voting.group].value,
        workshop_id=voting.workshop.id,
        titles={card.code: card.title for card in voting.workshop.deck.cards},
        answered=voting.workshop.round.published_on is not None,
    )


def _own(voting: Voting) -> dict[Kind, str]:
    """The ids of this person's ballots that count, the core one first; HandedOver where they went on elsewhere."""
    key, both = respondent_key(voting.workshop.id), (replace(voting, second=second) for second in (False, True))
    sent = {one.kind: load_respondent(one, key).sent for one in both}
    return {kind: one.id for kind, one in sent.items() if one}
