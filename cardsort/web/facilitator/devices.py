"""Show participants the result on their own devices, and hide it again."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cardsort.usecases.devices import hide_on_devices, show_on_devices
from cardsort.web.facilitator.projector import light
from cardsort.web.kit.access import desk_of

bp = Blueprint("devices", __name__, url_prefix="/desk/<workshop_id>/devices")
STAGES = ("projector", "presenter")  # from where it is done without leaving the slide


@bp.post("")
def change(workshop_id: str) -> AnyResponse:
    """Show it, or hide it; then on where one was."""
    workshop = desk_of(workshop_id)
    (show_on_devices if request.form.get("show") == "yes" else hide_on_devices)(workshop)
    back = request.args.get("from", "")
    if back in STAGES:
        return redirect(url_for(f"{back}.show", workshop_id=workshop_id, light=light() or None), 303)
    return redirect(url_for("desk.show", workshop_id=workshop_id, _anchor="devices"), 303)
