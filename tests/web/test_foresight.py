"""Before a lock, and before the reveal, the facilitator reads who is still at it and what will stay hidden."""

from tests.web.conftest import open_room

TOP = ["A-01", "A-02", "A-03"]
KINDS = {"segment-1": "Branches", "segment-2": "Citizens", "segment-3": "Farms"}


def begin(room, link):
    """Somebody sorts a first card."""
    person = room.stranger()
    person.get(f"{link}/ballot")
    assert person.put(f"{link}/draft", json={"draft": {"version": 1}}).json["saved"]
    return person


def send(person, link, number):
    kind = "own"
    body = {"id": f"{number:032x}", "kind": kind, "ranking": TOP}
    assert person.post(f"{link}/ballots", json=body).status_code == 201


def fill(room, *sizes):
    for kind, size in enumerate(sizes, start=1):
        for place in range(size):
            answer = room.cast(room.customers, TOP, 100 * kind + place, segment=kind)
            assert answer.status_code == 201


def hidden(page):
    """What is said of each kind that stays hidden."""
    parts = page.split('<ul class="ahead">')[1:]
    rows = parts[0].split("</ul>")[0].split("<li>")[1:] if parts else []
    return [
        " ".join(row.replace('<b dir="auto">', "").replace("</b>", "").replace("</li>", "").split()) for row in rows
    ]


def test_the_desk_and_the_page_before_the_lock_say_how_many_are_still_at_it(room):
    people = [begin(room, room.customers) for _ in range(4)]
    send(people[0], room.customers, 1)
    begin(room, room.it)
    assert "3 still at it" in room.get("/status").text
    page = room.get("/lock/customers").text
    assert "3 still at it." in page
    assert "does not count" in page
    assert "1 still at it." in room.get("/lock/it").text
    room.post("/lock/customers")
    assert "3 still at it" not in room.get("/status").text
    assert room.get("/lock/customers").status_code == 303  # nothing to ask any more
    assert room.get("/lock/nobody").status_code == 404


def test_whoever_has_sent_or_has_not_begun_is_not_still_at_it(room):
    send(begin(room, room.customers), room.customers, 1)
    room.stranger().get(f"{room.customers}/ballot")
    assert "still at it" not in room.get("/lock/customers").text


def test_a_kind_below_three_is_named_and_the_one_that_is_hidden_with_it(app):
    room = open_room(app, **KINDS)
    fill(room, 5, 3, 2)
    for path in ("/lock/customers", "/reveal"):
        assert hidden(room.get(path).text) == [
            "Citizens: 3 ballots. Else another kind that is hidden could be computed.",
            "Farms: 2 ballots. Fewer than 3 people by a link.",
        ]
        room.post("/lock/it")
        room.post("/lock/customers")


def test_what_is_foretold_is_what_the_result_shows(app):
    for sizes in ((5, 3, 2), (4, 3, 3), (2, 2, 4), (6, 0, 3), (1, 2, 6), (1, 1, 0)):
        room = open_room(app, **KINDS)
        fill(room, *sizes)
        foretold = {said.split(":")[0] for said in hidden(room.get("/lock/customers").text)}
        room.reveal()
        rows = room.get("/ballots.csv").text.splitlines()[1:]
        shown = {name for name in KINDS.values() if any(f",{name}," in row for row in rows)}
        assert shown == set(KINDS.values()) - foretold, sizes


def test_where_all_kinds_are_shown_nothing_is_said_of_them(app):
    room = open_room(app, **KINDS)
    fill(room, 3, 4, 3)
    assert "would not be shown" not in room.get("/lock/customers").text


def test_with_one_time_codes_no_kind_is_named_before_the_lock(app):
    room = open_room(app, **KINDS)
    codes = room.post("/codes", count="3")
    assert codes.status_code in {200, 303}
    assert hidden(room.get("/lock/customers").text) == []
