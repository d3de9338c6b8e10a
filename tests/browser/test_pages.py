"""Every page outside the ballot, at the three widths: accessible, within its width, without foreign requests."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.live import Facilitator, Server
from tests.browser.voting import cast
from tests.browser.widths import faults_at_each_width

EVERYWHERE = ["/", "/restore", "/new", "/deck", "/deck?by=lens", "/guide", "/accessibility", "/nothing-here"]
DESK = [
    "",
    "/import",
    "/import?stored=3&known=1",
    "/keep-until",
    "/closing/it",
    "/lock/it",
    "/lock/customers",
    "/take-out",
    "/take-out?taken=1",
    "/keep",
    "/show",
    "/show?light=1",
    "/show/it",
    "/show/customers",
    "/sheet/it",
    "/sheet/customers",
    "/delete",
    "/edit",
    "/mail/it",
    "/codes",
]
KINDS = ["", "/edit", "/lock/customers", "/show/customers?kind=2", "/sheet/customers?kind=2", "/mail/customers?kind=2"]


@pytest.fixture(scope="module")
def stages(server):
    """A workshop in each stage."""
    return make_stages(server)


def make_stages(server, typed=str, language="en"):
    """A workshop in each stage, by a facilitator who reads that language and types what `typed` makes of English."""
    kinds = {"segment-1": typed("Branches"), "chain-1": "internal", "expected-1": "12", "segment-2": typed("Citizens")}
    named = {"organisation": typed("Harbour"), "language": language}
    made = {
        "kinds": Facilitator(server, language).start(
            name=typed("Autumn, with kinds"), asked_by=typed("Maria"), **named, **kinds
        )
    }
    for stage in ("preparing", "collecting", "locked", "revealed", "hidden", "acting"):
        name = typed(f"Autumn, {stage}")
        made[stage] = Facilitator(server, language).start(picks="3", expected_it="12", name=name, **named)
        if stage not in {"preparing", "hidden"}:
            for number in range(4):
                cast(made[stage].link("it"), ["A-01", "A-02", ("A-03", "S-03")[number % 2]])
                cast(made[stage].link("customers"), ["S-01", "A-02", "C-03"], words=typed("Nine days, each time."))
        if stage in {"locked", "revealed", "hidden", "acting"}:
            made[stage].lock("it")
            made[stage].lock("customers")
        if stage in {"revealed", "hidden", "acting"}:
            made[stage].reveal()
    agree(made["acting"], typed)
    made["coded"] = Facilitator(server, language).start(name=typed("Autumn, with codes"), **named)
    assert made["coded"].request(f"{made['coded'].desk}/codes", {"count": "3"})[0] == 200
    return made


def agree(workshop, typed=str):
    """An agenda in every state, published."""
    for code, decision, more in (
        (
            "A-02",
            "do",
            {"action": typed("Sit in a branch for a day each month"), "quick_win": "yes", "progress": "done"},
        ),
        ("S-01", "no", {"reason": typed("No money"), "alternative": typed("A call back within the hour")}),
        ("A-03", "", {}),
    ):
        workshop.request(f"{workshop.desk}/agenda", {"code": code})
        was = json.dumps({**dict.fromkeys(("decision", *more), ""), **({"quick_win": False} if more else {})})
        workshop.request(f"{workshop.desk}/agenda/1/{code}", {"was": was, "decision": decision, **more})
    assert workshop.request(f"{workshop.desk}/agenda/publish", {})[0] == 200


def places(stages):
    found = [("preparing", path) for path in EVERYWHERE]
    for stage, workshop in stages.items():
        found += [(stage, workshop.desk + path) for path in ({"collecting": DESK, "kinds": KINDS}.get(stage, [""]))]
        if stage == "kinds":
            found.append((stage, f"/new?from={workshop.desk.rsplit('/', 1)[1]}"))
            found += [(stage, f"{workshop.desk}/rehearsal{path}") for path in ("", "?step=9&light=1", "/result")]
        if stage == "locked":
            found += [(stage, workshop.desk + path) for path in ("/reveal", "/words")]
        if stage in {"revealed", "hidden", "acting"}:
            shown = ("/result", "/projector", "/projector?light=1", "/presenter", "/agenda", "/agenda/answer")
            found += [(stage, workshop.desk + path) for path in shown]
    acting = stages["acting"]
    found += [("acting", f"{acting.desk}/agenda?open=A-02"), ("acting", f"{acting.desk}/agenda?open=S-01&large=1")]
    coded = stages["coded"]
    found += [("coded", f"{coded.desk}/codes"), ("coded", coded.link("customers").removeprefix(coded.server.url))]
    for group in ("it", "customers"):
        link = acting.link(group).removeprefix(acting.server.url)
        found += [("acting", link), ("acting", f"{link}/answer")]
    return found


def test_every_page_is_accessible_fits_its_width_and_asks_nobody_else(server, stages, device):
    asked, faults = set(), {}
    context = device("desktop", bypass_csp=True)
    context.on("request", lambda request: asked.add(request.url.split("/")[2]))
    for workshop in stages.values():
        context.add_cookies(
            [{"name": cookie.name, "value": cookie.value, "url": server.url} for cookie in workshop.jar]
        )
    page = context.new_page()
    for stage, path in places(stages):
        page.goto(server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        if found := faults_at_each_width(page):
            faults[stage, path] = found
    assert faults == {}
    assert asked == {server.url.split("/")[2]}


def test_the_strict_policy_is_never_broken(server, stages, device):
    context, broken = device("desktop"), []
    for workshop in stages.values():
        context.add_cookies(
            [{"name": cookie.name, "value": cookie.value, "url": server.url} for cookie in workshop.jar]
        )
    page = context.new_page()
    page.on("console", lambda message: broken.append((page.url, message.text)) if message.type == "error" else None)
    for _stage, path in places(stages):
        if path != "/nothing-here":  # the browser itself writes down a 404
            page.goto(server.url + path)
    assert broken == []


def test_a_link_or_button_is_called_as_its_words_read(server, stages, device):
    context = device("desktop")
    for cookie in stages["coded"].jar:
        context.add_cookies([{"name": cookie.name, "value": cookie.value, "url": server.url}])
    page = context.new_page()
    for path, role, name in (
        ("/print", "button", "A4: invitations"),  # it sends the language along
        ("/print", "button", "Customers, Letter: ballot on paper"),
        ("/codes", "link", "A4: slips"),
    ):
        page.goto(server.url + stages["coded"].desk + path)
        expect(page.get_by_role(role, name=name, exact=True)).to_have_count(1)


def test_the_desk_works_without_script(server, device):
    page = device("phone", java_script_enabled=False).new_page()
    page.goto(f"{server.url}/new")
    page.get_by_label("Name of the workshop").fill("Without script")
    page.get_by_role("button", name="Start the workshop").click()
    page.get_by_role("link", name="to the desk").click()
    page.wait_for_load_state()
    links = page.locator(".door-address a").evaluate_all("links => links.map(link => link.href)")
    for group in links:
        cast(group, ["A-01", "A-02", "A-03"])
    page.reload()
    for name in ("Lock IT’s prediction", "Lock the customers’ ballots"):
        page.get_by_role("link", name=f"{name} …").click()
        page.get_by_role("button", name=name).click()
    page.get_by_role("link", name="Reveal …").click()
    page.get_by_role("button", name="Reveal now").click()
    page.get_by_role("button", name="Next").click()
    assert "There is nothing to compare yet" in page.locator("h1").inner_text()


def test_deleting_asks_for_the_name(server, device):
    page = device("desktop").new_page()
    page.goto(f"{server.url}/new")
    page.get_by_label("Name of the workshop").fill("Spring")
    page.get_by_role("button", name="Start the workshop").click()
    page.get_by_role("link", name="to the desk").click()
    desk = page.url
    page.get_by_text("Delete this workshop").click()
    page.get_by_role("link", name="Delete …").click()
    page.get_by_label("Type its name").fill("Autumn")
    page.get_by_role("button", name="Delete for good").click()
    assert "does not match" in page.get_by_role("alert").inner_text()
    page.get_by_label("Type its name").fill("spring")
    page.get_by_role("button", name="Delete for good").click()
    assert page.locator("h1").inner_text() == "Deleted"
    assert page.goto(desk).status == 404


def test_where_starting_needs_a_code_both_pages_are_accessible_and_the_keyboard_leads_on(tmp_path, monkeypatch, device):
    monkeypatch.setenv("START_CODE", "rain on the harbour")
    server = Server(tmp_path).start()
    page = device("desktop", viewport={"width": 320, "height": 900}, bypass_csp=True).new_page()
    page.goto(server.url)
    found = violations(page)
    page.goto(f"{server.url}/new")
    for typed in ("wrong", "rain on the harbour"):
        page.get_by_label("Code for starting").fill(typed)
        page.keyboard.press("Enter")
        page.locator(".fault" if typed == "wrong" else "h1:has-text('New workshop')").wait_for()
        found += violations(page)
    server.stop()
    assert (found, page.url) == ([], f"{server.url}/new")
