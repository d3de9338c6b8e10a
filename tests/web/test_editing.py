"""Preparing: the form, changing what was set up, the mail, links for each kind, and the desk while it runs."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from cardsort.store.engine import writing
from cardsort.store.links import Purpose, delete_link
from tests.web.conftest import open_room

RANKING = ["A-07", "S-02", "B-05"]
KINDS = {
    "segment-1": "Branches",
    "chain-1": "internal",
    "expected-1": "12",
    "segment-2": "Citizens",
    "chain-2": "paying",
}
APPEAL = {
    "asked_by": "Maria <b>Lindt</b>",
    "honest": "In March the tills stood still.",
    "honest_it": "In March our customers’ tills stood still.",
    "last_round": "Now everybody gets a message.",
    "hear_by": "By the end of May",
}


@pytest.fixture
def chain(app):
    return open_room(app, **KINDS, **APPEAL)


def fields(page):
    """What the page's form would send."""
    found = dict(
        re.findall(r'<input type="(?:text|number)"[^>]*?name="([\w-]+)"[^>]*?value="([^"]*)"', page, re.DOTALL)
    )
    found |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', page))
    for name, options in re.findall(r'<select name="([\w-]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="(\w+)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items()}


def ticked(page):
    """The boxes that have a tick."""
    return set(re.findall(r'<input type="checkbox" name="(\w+)" value="yes" checked', page))


def kind_links(room):
    """Path and join code of each kind's link, as the desk shows them."""
    part = room.get("").text.split("A link for each kind")[1].split("door-facilitator")[0]
    paths = re.findall(r'href="http://cards.test(/v/[^"?]+)"', part)
    return dict(zip(paths, re.findall(r">([A-Z2-9]{4}-[A-Z2-9]{4})<", part), strict=True))


def test_the_change_page_shows_what_was_set_up_and_saves_it_unchanged(chain):
    before = fields(chain.get("/edit").text)
    assert before.items() >= {**KINDS, **APPEAL, "name": "Autumn", "picks": "10", "threshold": "3"}.items()
    assert chain.post("/edit", **before).location == chain.desk
    assert fields(chain.get("/edit").text) == before


@pytest.mark.parametrize(
    ("filled", "shown"),
    [
        ({}, 2),
        ({"segment-1": "Shops", "segment-2": "Bank"}, 2),
        ({"segment-1": "Shops", "segment-4": "Bank"}, 4),
        ({"expected-3": "5"}, 3),
        ({"chain-6": "paying"}, 6),
    ],
)
def test_two_kinds_of_customers_are_shown_and_those_filled_in_the_others_unfold(client, filled, shown):
    answer = client.post("/new", data={"name": "", **filled})
    assert answer.status_code == 422
    before, _, folded = answer.text.partition("<summary>More kinds</summary>")
    assert [before.count('name="segment-'), folded.count('name="segment-')] == [shown, 6 - shown]
    assert fields(answer.text).items() >= filled.items()


def test_everything_can_be_changed_before_the_first_ballot(chain):
    form = fields(chain.get("/edit").text) | {"question_customers": "What hurts?", "picks": "5", "segment-2": "Shops"}
    assert chain.post("/edit", **form).status_code == 303
    page = chain.stranger().get(f"{chain.customers}/form").text
    assert "What hurts?" in page
    assert "Shops" in page
    assert "at most 5" in page


def test_after_the_first_ballot_what_is_asked_is_text_and_the_rest_is_saved(chain):
    opened = fields(chain.get("/edit").text)
    chain.cast(chain.customers, RANKING, 1, segment=2)
    page = chain.get("/edit").text
    assert "Since the first ballot the questions" in page
    form = fields(page)
    assert not {"question_it", "question_customers", "picks", "segment-1", "chain-1"} & set(form)
    assert chain.post("/edit", **(form | {"name": "Winter", "expected-2": "30"})).status_code == 303
    late = chain.post("/edit", **(opened | {"picks": "5", "name": "Spring"}))
    assert late.status_code == 409
    assert "so nothing was changed" in late.text
    desk = chain.get("").text
    assert "Winter" in desk
    assert "Spring" not in desk
    assert "1 of 30" in desk


def test_a_page_from_before_two_kinds_were_told_together_does_not_take_them_apart(app):
    room = open_room(app, **KINDS, **{"segment-3": "Farms"})
    opened = fields(room.get("/edit").text)
    for number in range(3):
        room.cast(room.customers, RANKING, number, segment=2)
    assert room.post("/kinds/together", one="3", **{"with": "2"}).status_code == 303
    for form in (opened, fields(room.get("/edit").text)):
        assert room.post("/edit", **(form | {"name": "Winter", "expected-2": "30"})).status_code == 303
        assert ">Citizens and Farms<" in room.get("/status").text
    assert "Winter" in room.get("").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "The workshop's name is empty."),
        ({"threshold": "two"}, "The smallest group to show is “two”. Type a whole number, or leave it empty."),
        ({"honest": "x" * 281}, "The honest sentence for customers has 281 characters. Shorten it to 280."),
        ({"expected-1": "0"}, "The expected number of people is 1 to 1,000,000, or empty."),
        ({"expected-1": "many"}, "The number of people expected of “Branches” is “many”."),
        ({"segment-2": ""}, "One kind of customer alone divides nothing."),
    ],
)
def test_a_faulty_change_says_what_is_wrong_keeps_what_was_typed_and_stores_nothing(chain, change, sentence):
    before = fields(chain.get("/edit").text)
    answer = chain.post("/edit", **(before | change))
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert fields(answer.text) == before | change
    assert fields(chain.get("/edit").text) == before


def test_a_box_that_was_unticked_stays_so_beside_a_fault(app):
    boxes = dict.fromkeys(("census", "second_it", "second_customers"), "yes")
    room = open_room(app, **boxes)
    assert ticked(room.get("/edit").text) == set(boxes)
    before = fields(room.get("/edit").text) | {"threshold": "two"}
    assert ticked(room.post("/edit", **before, second_it="yes").text) == {"second_it"}
    assert ticked(room.post("/edit", **before, **boxes).text) == set(boxes)


def test_after_the_reveal_only_the_smallest_group_can_be_raised_and_the_result_obeys(chain):
    for number in range(1, 5):
        chain.cast(chain.it, RANKING, number)
        chain.cast(chain.customers, RANKING, 10 + number, segment=1)
    before = fields(chain.get("/edit").text)
    chain.reveal()
    assert "nothing to compare yet" not in chain.get("/result").text
    assert set(fields(chain.get("/edit").text)) == {"threshold"}
    assert chain.post("/edit", **(before | {"name": "Winter"})).status_code == 409
    assert chain.post("/edit", threshold="2").status_code == 422
    assert chain.post("/edit", threshold="5").status_code == 303
    assert "nothing to compare yet" in chain.get("/result").text
    assert chain.post("/edit", threshold="3").status_code == 422
    assert "nothing to compare yet" in chain.get("/result").text


def without_way_back(page):
    """The page but for where the switch of language comes back to: its own address."""
    return re.sub(r'name="back" value="[^"]*"', "", page)


def test_another_workshop_like_this_one_starts_filled_in_for_its_facilitator_alone(app, chain):
    path = f"/new?from={chain.desk.rsplit('/', 1)[1]}"
    page = chain.facilitator.get(path).text
    assert fields(page).items() >= {**KINDS, **APPEAL, "name": "Autumn", "organisation": "Harbour"}.items()
    assert path in chain.get("").text
    assert path in chain.facilitator.get("/").text
    for stranger in (chain.stranger(), open_room(app).facilitator):
        assert without_way_back(stranger.get(path).text) == without_way_back(stranger.get("/new").text)
    asked, plain = (chain.facilitator.get(path).text for path in ("/new?from=../x", "/new"))
    assert without_way_back(asked) == without_way_back(plain)


def test_what_wins_people_stands_on_every_invitation_as_it_was_typed(chain):
    pages = (
        ("customers", chain.customers),
        ("it", f"{chain.desk}/sheet/it"),
        ("customers", f"{chain.desk}/mail/customers"),
    )
    for group, path in pages:
        page = chain.facilitator.get(path)
        other = "honest_it" if group == "customers" else "honest"
        for name, text in APPEAL.items():
            assert (text in unescape(page.text)) is (name != other)
        assert "<b>Lindt" not in page.text


def test_without_an_appeal_nothing_is_said_about_it(room):
    for page in (room.stranger().get(room.customers), room.get("/sheet/it"), room.get("/mail/it")):
        assert not re.search("Asked by|Who asks|last round|hear what came|does it matter", page.text)


def opened(mailto):
    """Subject and body as a mail program reads them, in which a plus is a plus."""
    assert mailto.startswith("mailto:?")
    return dict(map(unquote, field.split("=")) for field in mailto.removeprefix("mailto:?").split("&"))


def test_the_mail_carries_the_link_and_the_code_to_copy_and_to_open(chain):
    page = chain.get("/mail/customers").text
    subject = unescape(re.search(r'id="subject" readonly value="([^"]*)"', page)[1])
    text, reminder = (unescape(text) for text in re.findall(r"<textarea [^>]*>([^<]*)</textarea>", page))
    assert subject == "3 minutes for “Autumn”?"
    assert f"http://cards.test{chain.customers}\n" in text
    assert re.search(r"open http://cards\.test and type the code [A-Z2-9]{4}-[A-Z2-9]{4}\.", text)
    mail, again = (opened(unescape(link)) for link in re.findall(r'href="(mailto:[^"]*)"', page))
    assert mail == {"subject": subject, "body": text.replace("\n", "\r\n")}
    assert again == {"subject": "A reminder: “Autumn”", "body": reminder.replace("\n", "\r\n")}
    assert [unescape(copied) for copied in re.findall(r'data-copy="([^"]*)"', page)] == [subject, text, reminder]


def test_each_kind_has_a_link_that_does_not_ask_and_gives_the_ballot_its_kind(chain):
    links = kind_links(chain)
    citizens, code = list(links.items())[1]
    phone = chain.stranger()
    assert "Citizens" in phone.get(citizens).text
    for path in ("/ballot", "/form"):
        assert "Which describes you best?" not in phone.get(citizens + path).text
    assert chain.cast(citizens, RANKING, 1).status_code == 201
    assert chain.stranger().post(f"{citizens}/form", data={"id": f"{2:032x}", "codes": "a1 a2 a3"}).status_code == 303
    assert chain.facilitator.post(f"{citizens}/paper", data={"id": f"{3:032x}", "codes": "a1 a2 a3"}).status_code == 303
    assert re.findall(r'data-kind="\d">([^<]*)<', chain.get("/status").text) == ["0 of 12", "3"]
    assert chain.stranger().post("/join", data={"code": code}).location == citizens
    for page in ("show", "sheet", "mail"):
        found = chain.get(f"/{page}/customers?kind=2").text
        assert code in found
        assert "Citizens" in found
        for nowhere in ("customers?kind=3", "customers?kind=x", "it?kind=1", "nobody"):
            assert chain.get(f"/{page}/{nowhere}").status_code == 404


def test_a_page_that_knows_its_kind_is_told_nothing_of_kinds(chain):
    citizens = list(kind_links(chain))[1]
    phone = chain.stranger()
    body = {"id": f"{1:032x}", "kind": "own", "ranking": RANKING, "segment": None, "edition": 0}
    assert phone.post(f"{citizens}/ballots", json=body).status_code == 201
    assert phone.get(f"{citizens}/state").json["sent"]["segment"] is None
    assert phone.get(f"{chain.customers}/state").json["sent"]["segment"] == 2


@pytest.mark.parametrize("edition", ["1", "x", "", None, True, 1.0, [0], 2**63, -1])
def test_a_ballot_for_another_edition_is_refused_with_a_sentence(room, edition):
    answer = room.cast(room.customers, RANKING, 1, edition=edition)
    assert answer.status_code == (201 if edition is None else 422)
    assert edition is None or "Reload" in answer.json["message"]


def test_a_plain_form_from_before_a_change_is_not_sent_and_can_be_sent_again(room):
    phone = room.stranger()
    old = re.search(r'name="edition" value="(\d+)"', phone.get(f"{room.customers}/form").text)[1]
    room.post("/edit", **(fields(room.get("/edit").text) | {"question_customers": "What hurts?"}))
    form = {"id": f"{1:032x}", "codes": "a1 a2 a3", "edition": old}
    refused = phone.post(f"{room.customers}/form", data=form)
    assert refused.status_code == 422
    assert "What is asked was changed" in refused.text
    assert "What hurts?" in refused.text
    again = re.search(r'name="edition" value="(\d+)"', refused.text)[1]
    assert phone.post(f"{room.customers}/form", data={**form, "edition": again}).status_code == 303


def test_the_copy_for_a_reload_without_network_is_another_once_the_question_is_reworded(room):
    def version():
        worker = room.stranger().get(f"{room.customers}/worker.js").text
        return re.search(r'CACHE = FAMILY \+ "([^"]+)"', worker)[1]

    before = version()
    assert version() == before
    room.post("/edit", **(fields(room.get("/edit").text) | {"question_customers": "What hurts?"}))
    assert version() != before


def test_a_replaced_voting_link_ends_and_the_others_stay(chain):
    first, second = kind_links(chain)
    chain.cast(chain.customers, RANKING, 1, segment=1)
    assert chain.post("/replace-link/customers").location == f"{chain.desk}#door-customers"
    assert chain.stranger().get(chain.customers).status_code == 404
    assert chain.post("/replace-link/customers?kind=2").status_code == 303
    assert [chain.stranger().get(path).status_code for path in (first, second, chain.it)] == [200, 404, 200]
    assert 'data-count="customers">1<' in chain.get("/status").text
    for nowhere in ("customers?kind=3", "customers?kind=-1", "customers?kind=x", "it?kind=1", "nobody"):
        assert chain.post(f"/replace-link/{nowhere}").status_code == 404


def test_a_workshop_from_before_there_were_links_for_kinds_gets_them_by_a_button(app, chain):
    with app.app_context(), writing() as session:
        for kind in (1, 2):
            delete_link(session, chain.desk.rsplit("/", 1)[1], Purpose.CUSTOMERS, kind)
    assert "Make a link for" in chain.get("").text
    for action in re.findall(r'action="([^"]*replace-link/customers\?kind=\d)"', chain.get("").text):
        assert chain.facilitator.post(action).status_code == 303
    assert len(kind_links(chain)) == 2
    assert "Make a link for" not in chain.get("").text


def test_the_desk_answers_304_until_a_count_of_a_kind_changes(chain):
    def poll(etag=None):
        return chain.facilitator.get(f"{chain.desk}/status", headers={"If-None-Match": etag} if etag else {})

    first = poll()
    etag = first.headers["ETag"]
    assert (poll(etag).status_code, poll(etag).data) == (304, b"")
    chain.cast(chain.customers, RANKING, 1, segment=1)
    second = poll(etag)
    assert second.status_code == 200
    assert "1 of 12" in second.text
    assert poll(second.headers["ETag"]).status_code == 304


def test_kinds_with_too_few_people_are_named_in_words(chain):
    for number in range(1, 4):
        chain.cast(chain.customers, RANKING, number, segment=1)
    assert re.findall(r"nobody yet|too few to be shown", chain.get("/status").text) == ["nobody yet"]
    chain.cast(chain.customers, RANKING, 4, segment=2)
    assert re.findall(r"nobody yet|too few to be shown", chain.get("/status").text) == ["too few to be shown"]


def test_one_is_one_on_every_page(app):
    room = open_room(app, expected_it="4", expected_customers="30", picks="3")
    table = "code,title\n" + "".join(f"X-{number},Card {number}\n" for number in range(1, 5))
    assert room.post("/deck/use", cards=table, name="Four").status_code == 303
    assert "about 1 minute" in spoken(room.stranger().get(room.customers).text)
    for number, link in enumerate((room.it, room.customers)):
        assert room.cast(link, ["X-1", "X-2", "X-3"], number, edition=1).status_code == 201
    assert (
        "How long does it take? About 1 minute from a list of the titles, about 1 one card at a time. What is kept?"
        in spoken(room.get("/mail/customers").text)
    )
    assert "1 of 4 in IT has sent." in spoken(room.get("/status").text)
    assert "1 of 30 has sent" in spoken(room.get("/sent/customers").text)
    room.post("/lock/it")
    assert "1 of 30 customers has sent" in spoken(room.get("/status").text)
    room.post("/lock/customers")
    page = spoken(room.get("/reveal").text)
    assert ("and 1 customer have given a ballot" in page, page.count("1 person has answered")) == (True, 2)
    room.post("/reveal")
    assert not re.search(
        r"\b1 (cards|customers|people|ballots|minutes|places|hits|rounds)\b", spoken(room.get("/result").text)
    )


def spoken(page):
    """The page's words, in one line."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_the_desk_is_live_until_the_reveal(chain):
    assert "every 6s" in chain.get("").text
    chain.reveal()
    assert "every 6s" not in chain.get("").text
    assert "every 6s" not in chain.get("/status").text


def test_the_desk_names_things_where_they_are_looked_for(room):
    page = " ".join(room.get("").text.split())
    assert re.search(r'<li aria-current="step" class="">Open</li>', page)
    assert f'<a href="{room.desk}/edit#name">Rename</a>' in page
    for link in (room.it, room.customers):
        assert f'<a href="{link}/anonymous">Is it anonymous?</a>' in page
        door = page.split(f'data-copy="http://cards.test{link}" hidden>Copy link</button>')
        assert door[0].rfind("<details") < door[0].rfind('<p class="door-actions">')  # not folded away
    room.cast(room.it, ["A-01", "A-02", "A-03"], 1)
    room.reveal()
    assert ">Rename</a>" not in room.get("").text


def test_the_fields_of_a_kind_have_labels_that_can_be_seen(room):
    page = room.get("/edit").text
    for number in range(1, 7):
        for field, label in (("segment", "Name of kind"), ("chain", "Place of kind"), ("expected", "How many people")):
            labelled = re.search(
                rf'<label><span>([^<]*)(?:<span[^<]*</span>)?</span>\s*<\w+[^>]* name="{field}-{number}"', page
            )
            assert labelled[1] in {label, f"{label} {number}"}
    assert 'aria-label="Name of kind' not in page
