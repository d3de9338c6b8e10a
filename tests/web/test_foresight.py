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


def test_whoever_has_sent_in_the_round_before_is_still_at_it_in_the_next_one(room):
    people = [begin(room, room.customers) for _ in range(3)]
    for number, person in enumerate(people, start=1):
        send(person, room.customers, number)
    room.reveal()
    assert room.post("/next-round", after="1").status_code == 303
    for person in people:
        assert person.put(f"{room.customers}/draft", json={"draft": {"version": 1}, "round": 2}).json["saved"]
    assert "3 still at it." in room.get("/lock/customers").text
    body = {"id": f"{9:032x}", "kind": "own", "ranking": TOP, "round": 2}
    assert people[0].post(f"{room.customers}/ballots", json=body).status_code == 201
    assert "2 still at it." in room.get("/lock/customers").text


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


def test_that_so_few_people_are_told_without_kinds_is_said_before_the_reveal_and_in_the_result(app):
    told = "So far fewer than five people of a group have sent."
    room = open_room(app, **KINDS)
    for number in range(4):
        room.cast(room.it, TOP, 500 + number)
    fill(room, 3, 4, 3)
    assert told in room.get("/lock/customers").text
    room.reveal()
    page = room.get("/result").text
    assert "Kinds of customers and teams in IT are told from five people in each group on." in page
    assert 'id="segments"' not in page
    enough = open_room(app, name="Winter", **KINDS)
    fill(enough, 3, 4, 3)
    for number in range(5):
        enough.cast(enough.it, TOP, 500 + number)
    assert told not in enough.get("/lock/customers").text
    enough.reveal()
    page = enough.get("/result").text
    assert "told from five people" not in page
    assert 'id="segments"' in page


def test_with_one_time_codes_no_kind_is_named_before_the_lock(app):
    room = open_room(app, **KINDS)
    codes = room.post("/codes", count="3")
    assert codes.status_code in {200, 303}
    assert hidden(room.get("/lock/customers").text) == []


def merge(room, one, other, source="lock"):
    return room.post("/kinds/together", one=str(one), **{"with": str(other), "from": source})


def segments(room):
    """The kinds that the exported ballots name, with how many."""
    rows = [row.split(",") for row in room.get("/ballots.csv").text.splitlines()]
    place = rows[0].index("segment")
    named = [row[place] for row in rows[1:] if row[0] == "customers"]
    return {name: named.count(name) for name in set(named)}


def test_two_small_kinds_are_told_together_and_every_output_follows(app):
    room = open_room(app, **KINDS)
    fill(room, 5, 2, 2)
    assert merge(room, 3, 2).location == f"{room.desk}/lock/customers"
    page = room.get("/lock/customers").text
    assert "All kinds of customers would be shown." in page
    assert 'Told together: <b dir="auto">Citizens and Farms</b> (4 ballots)' in page
    assert ">Citizens and Farms<" in room.get("/status").text
    room.reveal()
    assert segments(room) == {"Branches": 5, "Citizens and Farms": 4}
    for path in ("/result",):
        assert "Citizens and Farms" in room.get(path).text
    archive = room.get("/archive").json
    assert [one["name"] for one in archive["segments"]] == ["Branches", "Citizens and Farms"]
    assert sorted(one["segment"] for one in archive["ballots"]) == [1] * 5 + [2] * 4


def test_a_workshop_of_which_kinds_were_told_together_is_restored_with_the_same_result(app):
    import json

    from tests.web.test_archives import restore, result_of

    room = open_room(app, **KINDS)
    fill(room, 5, 2, 2)
    for number in range(3):  # of nobody an archive knows no more than of too few
        room.cast(room.it, ["A-01", "B-02", "C-03"], 500 + number)
    merge(room, 2, 3)
    room.reveal()
    before = result_of(room)
    room.facilitator, answer = restore(app, json.loads(room.get("/archive").text))
    assert answer.status_code == 303, answer.text
    room.desk = "/desk/" + answer.location.split("/desk/")[1][:16]
    assert result_of(room) == before
    assert {name for name in segments(room) if name} == {"Branches", "Farms and Citizens"}


def test_kinds_are_taken_apart_again_until_the_reveal_and_stay_as_they_are_after_it(app):
    room = open_room(app, **KINDS)
    fill(room, 4, 2, 2)
    merge(room, 3, 2)
    assert room.post("/kinds/apart", kind="2", **{"from": "reveal"}).location == f"{room.desk}/reveal"
    assert len(hidden(room.get("/lock/customers").text)) == 2
    room.reveal()
    for answer in (merge(room, 3, 2), room.post("/kinds/apart", kind="2")):
        assert answer.status_code == 409
        assert "A result tells of these kinds of customers already" in answer.text
    assert segments(room) == {"Branches": 4, "": 4}


def test_a_third_kind_joins_and_all_come_apart_together(app):
    room = open_room(app, **KINDS, **{"segment-4": "Shops"})
    fill(room, 4, 1, 1, 1)
    merge(room, 3, 2)
    merge(room, 2, 4)
    assert 'Told together: <b dir="auto">Shops, Citizens and Farms</b> (3 ballots)' in room.get("/lock/customers").text
    room.post("/kinds/apart", kind="4")
    assert len(hidden(room.get("/lock/customers").text)) == 3


def test_what_cannot_be_told_together_is_refused_with_the_reason(app):
    room = open_room(app, **KINDS)
    fill(room, 3, 1, 1)
    for one, other in ((2, 2), (0, 1), (9, 1), (1, "x"), ("", "")):
        assert merge(room, one, other).status_code == 422
    merge(room, 3, 2)
    refused = merge(room, 2, 1)
    assert refused.status_code == 422
    assert "Together all customers would be one kind" in refused.text


def test_who_comes_by_the_link_of_a_kind_that_is_told_together_still_votes_for_it(app):
    room = open_room(app, **KINDS)
    fill(room, 3, 1, 1)
    merge(room, 3, 2)
    page = room.get("").text
    assert page.count('class="kind-code"') == 3
    assert room.cast(room.customers, TOP, 900, segment=3).status_code == 201
    assert "Citizens and Farms</b> (3 ballots)" in room.get("/lock/customers").text
