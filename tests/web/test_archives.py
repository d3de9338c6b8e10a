"""A workshop as one file and back: the same result to the byte, nothing of few people, and no half restored file."""

import io
import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from cardsort.usecases.workshops import KEPT_FOR
from tests.conftest import client_of
from tests.neighbour import NEIGHBOUR
from tests.web.conftest import Room, open_room

TOP, OTHER, THIRD = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"], ["C-01", "A-02", "A-03"]
SEGMENTS = {"segment-1": "Shops", "chain-1": "business", "segment-2": "Bank", "segment-3": "Farms"}


def fill(app, it=4, sizes=(4, 4, 0), words=3, **settings):
    """A revealed workshop: IT's ballots, customers by segment, and so many remarks about A-02."""
    room = open_room(app, picks="3", **SEGMENTS, **settings)
    for number in range(it):
        reasons = [{"basis": "think", "evidence": "guess"}, {"basis": "know"}]
        room.cast(room.it, TOP if number % 2 else THIRD, number, reasons=reasons)
    number = 100
    for segment, size in enumerate(sizes, start=1):
        for _ in range(size):
            said = {"words": f"Nine days, number {number}."} if number - 100 < words else {}
            piles = dict.fromkeys(OTHER, "often") | {"B-01": "no"}
            answer = room.cast(
                room.customers, OTHER, number, segment=segment, reasons=[said], piles=piles, moment="calm"
            )
            assert answer.status_code == 201
            number += 1
    room.reveal()
    return room


def archive_of(room):
    return json.loads(room.get("/archive").text)


def result_of(room):
    """The result, but for that it was restored."""
    found = json.loads(room.get("/result.json").text)
    del found["restored"]
    return found


def restore(app, document):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    client = client_of(app)
    answer = client.post(
        "/restore", data={"file": (io.BytesIO(data), "a.cardsort.json")}, content_type="multipart/form-data"
    )
    return client, answer


def restored(app, room):
    client, answer = restore(app, archive_of(room))
    assert answer.status_code == 303, answer.text
    page = client.get(answer.location).text
    assert "Keep this link" in page
    desk = answer.location.rsplit("/", 1)[0]
    links = dict(
        re.findall(r'id="door-(it|customers)".*?href="http://cards.test(/v/[^"]+)"', client.get(desk).text, re.DOTALL)
    )
    return Room(app, desk, client, links["it"], links["customers"])


def test_a_list_of_too_few_is_not_called_one_that_nobody_gave_after_restoring(app):
    room = fill(app, it=2)
    few = "Fewer than 3\xa0people answered. To keep everybody anonymous, nothing is shown of so few."
    for one in (room, restored(app, room)):
        assert one.get("/result.json").json["reasons"]["/comparison"] == few
        assert "No people in IT said" not in one.get("/result").text


def test_result_tables_and_report_are_the_same_to_the_byte(app):
    room = fill(app, it=6, sizes=(6, 4, 3), words=5, organisation="Harbour")
    again = restored(app, room)
    assert again.desk != room.desk
    for path in ("/ballots.csv", "/ballots.json", "/cards.csv"):
        assert again.get(path).data == room.get(path).data, path
    assert result_of(again) == result_of(room)
    assert set(re.findall(r"Nine days, number \d+", again.get("/result").text)) == {
        f"Nine days, number {number}" for number in range(100, 105)
    }
    assert re.findall(r'data-count="\w+">\d+<', again.get("/status").text) == [
        'data-count="it">6<',
        'data-count="customers">13<',
    ]


def test_it_works_on_both_databases(any_app):
    room = fill(any_app)
    again = restored(any_app, room)
    assert result_of(again) == result_of(room)
    assert again.get("/ballots.csv").data == room.get("/ballots.csv").data


def test_an_agenda_comes_back_whole_and_one_of_before_the_newer_questions_too(app):
    room = fill(app)
    room.post("/agenda", code="A-02")
    said = {"decision": "do", "action": "Ask", "acceptable": "no", "stakeholder": "New colleagues"}
    assert room.facilitator.put(f"{room.desk}/agenda/1/A-02", json=said).status_code == 200
    page = restored(app, room).get("/agenda").text
    assert 'value="New colleagues"' in page
    assert page.count('name="acceptable"\n    value="no" checked') == 1
    document = archive_of(room)
    for row in document["tables"]["agenda_item"]:
        del row["acceptable"], row["stakeholder"]
    client, answer = restore(app, document)
    page = client.get(answer.location.replace("/keep", "/agenda")).text
    assert ">Ask</textarea>" in page
    assert page.count('name="acceptable"\n    value="" checked') == 1


def test_nobody_is_followed_from_round_to_round(app):
    room = open_room(app, picks="3")
    people = {link: [room.stranger() for _ in range(4)] for link in (room.it, room.customers)}
    for of_round in (1, 2):
        for link, kind in ((room.it, "prediction"), (room.customers, "own")):
            for number, person in enumerate(people[link]):
                name = f"{of_round}{kind == 'own':d}{number:030d}"
                body = {"id": name, "kind": kind, "ranking": TOP, "round": of_round}
                assert person.post(f"{link}/ballots", json=body).status_code == 201
        room.reveal()
        if of_round == 1:
            assert room.post("/next-round", round="1", people="same").status_code == 303
    ballots = archive_of(room)["ballots"]
    assert len(ballots) == 16
    assert {one["person"] for one in ballots} == {None}


def test_new_links_open_it_and_the_old_ones_do_not(app):
    room = fill(app)
    again = restored(app, room)
    assert again.stranger().get(again.it).status_code == 200
    assert len({room.it, room.customers, again.it, again.customers}) == 4
    assert room.facilitator.get(again.desk).status_code == 404
    assert again.facilitator.get(room.desk).status_code == 404


def test_restored_ballots_cannot_be_changed_by_anybody(app):
    room = fill(app)
    respondent = room.stranger()
    again = restored(app, room)
    before = again.get("/ballots.csv").data
    assert again.cast(again.it, TOP, 900).status_code == 423
    body = {"id": f"{0:032x}", "kind": "prediction", "ranking": TOP, "replace": True}
    assert respondent.post(f"{again.it}/ballots", json=body).status_code == 423
    assert again.post("/reopen/it").status_code == 409
    assert again.post("/import", text="group,ranking\nit,A-01 A-02 A-03\n", store="all", count="1").status_code == 422
    assert again.get("/ballots.csv").data == before


def test_before_the_reveal_there_is_no_archive(room):
    answer = room.get("/archive")
    assert (answer.status_code, "ballots" not in answer.text.split("<main")[0]) == (409, True)


def test_the_archive_tells_nothing_of_few_people(app):
    found = archive_of(fill(app, it=2, sizes=(6, 5, 2), words=2))
    assert {one["group"] for one in found["ballots"]} == {"customers"}
    assert len(found["ballots"]) == 13
    assert {one["segment"] for one in found["ballots"]} == {1, None}  # two of Farms hide Bank too
    assert [one["segment"] for one in found["ballots"]].count(1) == 6
    assert found["words"] == []
    assert {one["moment"] for one in found["ballots"]} == {"calm"}
    text = json.dumps(found)
    assert "Nine days" not in text
    for secret in ("key_hash", "token", "nonce", "respondent"):
        assert secret not in text


def test_a_hidden_group_stays_hidden_after_restoring(app):
    room = fill(app, it=2, sizes=(6, 5, 2))
    again = restored(app, room)
    before, after = (json.loads(one.get("/result.json").text) for one in (room, again))
    assert after["lists"]["customers_own"] == before["lists"]["customers_own"]
    assert after["weighting"] == before["weighting"]
    assert (after["chain"], after["comparison"]) == (before["chain"], None)
    assert "It" not in [one["segment"] for one in after["chain"]]


def test_of_a_hidden_group_it_is_not_said_after_restoring_that_nobody_of_it_answered(app):
    room = fill(app, it=2, sizes=(6, 5, 0), expected_it="5")
    again = restored(app, room)
    before, after = (json.loads(one.get("/result.json").text)["reasons"] for one in (room, again))
    assert after["/comparison"] == before["/comparison"]
    assert after["/basis"] == before["/basis"]
    for path in ("/result", "/projector?step=0", "/projector?step=1"):
        page = again.get(path).text.replace("\xa0", " ")
        assert re.search("[Ff]ewer than 3 people answered", page), path
        assert not re.search("0 (of 5 )?people answered|No (ballots of )?people in IT", page), path


def test_what_few_said_of_a_card_or_of_the_time_is_left_out(app):
    room = open_room(app, picks="3")
    for number in range(4):
        evidence = {"evidence": "asked"} if number < 2 else {}
        room.cast(room.it, TOP, number, reasons=[{"basis": "know", **evidence}])
        costs = [{"costs": ["time"]}, {"costs": ["money"] if number < 2 else []}]
        moment = "busy" if number < 2 else "calm"
        room.cast(room.customers, OTHER, 100 + number, reasons=costs, moment=moment)
    room.reveal()
    found = archive_of(room)["ballots"]
    assert {json.dumps(one["reasons"]) for one in found if one["group"] == "it"} == {'[{"basis": "know"}]'}
    customers = [one for one in found if one["group"] == "customers"]
    assert {json.dumps(one["reasons"]) for one in customers} == {'[{"costs": ["time"]}, {}]'}
    assert {one["moment"] for one in customers} == {None}


def test_what_just_enough_said_of_a_card_or_of_the_time_is_kept(app):
    room = open_room(app, picks="3")
    for number in range(6):
        three = number < 3
        room.cast(room.it, TOP, number, reasons=[{"basis": "know", "evidence": "asked"} if three else {}])
        costs = [{"costs": ["money"] if three else []}]
        room.cast(room.customers, OTHER, 100 + number, reasons=costs, moment="busy" if three else "calm")
    room.reveal()
    found = archive_of(room)["ballots"]
    said = [(one["group"], json.dumps(one["reasons"]), one["moment"]) for one in found]
    assert said.count(("it", '[{"basis": "know", "evidence": "asked"}]', None)) == 3
    assert said.count(("customers", '[{"costs": ["money"]}]', "busy")) == 3
    assert [moment for _group, _reasons, moment in said].count("calm") == 3


def test_remarks_stand_apart_from_their_ballots(app):
    found = archive_of(fill(app))
    assert [one["words"] for one in found["words"]] == [f"Nine days, number {number}." for number in (100, 101, 102)]
    assert {one["card"] for one in found["words"]} == {"A-02"}
    assert "Nine" not in json.dumps(found["ballots"])


def test_remarks_come_in_no_order_of_their_ballots(app):
    room = open_room(app, picks="3")
    for number, words in enumerate(("Late.", "Costly.", "Gone.", "At last.")):
        room.cast(room.customers, OTHER, number, reasons=[{"words": words}])
    room.reveal()
    assert [one["words"] for one in archive_of(room)["words"]] == ["At last.", "Costly.", "Gone.", "Late."]


def test_a_restored_workshop_is_kept_as_long_as_a_new_one(app, sound):
    from cardsort.usecases.workshops import find_workshop

    client, answer = restore(app, change(json.loads(sound), ("workshop", "created_on"), "2020-01-01"))
    assert answer.status_code == 303
    with app.app_context():
        again = find_workshop(answer.location.split("/")[2])
    assert again.created_on == date(2020, 1, 1)
    assert again.delete_on - datetime.now(UTC).date() in {KEPT_FOR, KEPT_FOR - timedelta(days=1)}  # around midnight
    assert client.get(answer.location).status_code == 200


def change(document, path, value):
    place = document
    for key in path[:-1]:
        place = place[key]
    if value is KeyError:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


FAULTS = [
    (("format",), "something", "This is not an archive of a Cardsort workshop."),
    (("version",), 3, "a newer Cardsort may have made it. Bring this server up to date."),
    (("version",), True, "a newer Cardsort may have made it."),
    (("ballots",), KeyError, "The archive has no part “ballots”. It may be cut off; fetch it again."),
    (("more",), [], "The archive has a part “more”, which is unknown here."),
    (("ballots",), {}, "The part “ballots” is not a list."),
    (("workshop",), [], "The part “workshop” is not an object"),
    (("workshop", "picks"), "3", "The part “workshop”, “picks” is not a whole number."),
    (("workshop", "picks"), True, "The part “workshop”, “picks” is not a whole number."),
    (("workshop", "picks"), 2, "The number of cards to choose is 3 to 52."),
    (("workshop", "picks"), 2**63, "“picks” is not a number from 0 to"),
    (("workshop", "threshold"), 1, "The smallest group to show is 3 to 50 people."),
    (("workshop", "name"), " ", "The workshop&#39;s name is empty."),
    (("workshop", "name"), "x" * 121, "The workshop&#39;s name has 121 characters."),
    (("workshop", "census"), 1, "“census” is not true or false."),
    (("workshop", "created_on"), "today", "“created_on” is not a day such as 2026-05-04."),
    (("workshop", "picks"), KeyError, "The part “workshop” has no “picks”."),
    (("workshop", "delete_on"), "2030-01-01", "“delete_on”, which is unknown here."),
    (("deck", "cards"), [], "The deck is faulty. The deck has 0 cards."),
    (("deck", "cards", 0, "code"), "A-02", "The deck is faulty. The code “A-02” stands on two cards."),
    (("deck", "cards", 0, "title"), 7, "The deck has another form than an archive’s."),
    (("deck",), None, "The deck has another form than an archive’s."),
    (("segments", 0, "number"), 3, "The kinds of customers are not numbered 1, 2, 3"),
    (("segments", 0, "kind"), "other", "Two entries of the archive contradict each other"),
    (("rounds", 0, "number"), 2, "The rounds are not numbered 1, 2, 3"),
    (("rounds", 0, "revealed_at"), None, "Round 1 is not locked and revealed."),
    (("rounds", 0, "revealed_at"), "2026-05-04T12:00:00", "“revealed_at” is not a time such as"),
    (("rounds",), [], "The rounds are not numbered 1, 2, 3"),
    (("locks",), [], "Round 1 is not locked and revealed."),
    (("locks", 0, "group"), "sales", "Round 1 is not locked and revealed."),
    (("ballots", 0), 5, "Ballot 1 has another form than an archive’s."),
    (("ballots", 0, "round"), 2, "Ballot 1 has another form than an archive’s."),
    (("ballots", 0, "group"), "sales", "Ballot 1 has another form than an archive’s."),
    (("ballots", 0, "segment"), 9, "Ballot 1 has another form than an archive’s."),
    (("ballots", 0, "person"), "ann", "Ballot 1 has another form than an archive’s."),
    (("ballots", 0, "ranking"), "A-01 A-02", "Ballot 1 is faulty. Only 2 cards are ranked."),
    (("ballots", 0, "ranking"), "A-01 A-02 A-01", "Ballot 1 is faulty. A card stands twice"),
    (("ballots", 0, "ranking"), "A-01 A-02 Z-9", "Ballot 1 is faulty. The card Z-9 is not in"),
    (("ballots", 0, "piles"), "uu", "Ballot 1 has another form than an archive’s."),
    (("ballots", 0, "reasons"), [{"basis": "hope"}], "Ballot 1 has another form than an archive’s."),
    (("ballots", 0, "reasons"), [{"words": "hello"}], "Ballot 1 has another form than an archive’s."),
    (("ballots", 0, "source"), "found", "Ballot 1 has another form than an archive’s."),
    (("sources",), {}, "The part “sources” has another form than an archive’s."),
    (("sources", 0, "sent"), True, "The part “sources” has another form than an archive’s."),
    (("sources", 0, "kind"), ["own"], "The part “sources” has another form than an archive’s."),
    (("sources", 0, "more"), 1, "The part “sources” has another form than an archive’s."),
    (("sources", 0, "imported"), 1, "The part “sources” does not fit the ballots of round 1. Fetch the archive again."),
    (("sources",), [], "The part “sources” does not fit the ballots of round 1."),
    (("made_on",), "today", "The part “made_on” is not a day such as 2026-05-04."),
    (("ballots", 0, "moment"), "late", "Ballot 1 has another form than an archive’s."),
    (("words", 0, "words"), "x" * 281, "Entry 1 of “words” is faulty."),
    (("words", 0, "card"), "B-09", "There are more remarks about card B-09 than ballots"),
    (("words", 0), [], "Entry 1 of “words” has another form"),
    (("tables",), [], "The part “tables” is not an object"),
    (("tables", "secrets"), [], "The archive has a table “secrets”, which is unknown here."),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """An archive in which everything stands somewhere."""
    from cardsort.web.app import create_app
    from cardsort.web.kit.config import Config
    from tests.conftest import SECRET, close

    folder = tmp_path_factory.mktemp("archive")
    app = create_app(Config(data=folder, database_url="", secret=SECRET, public_url="http://cards.test"))
    text = json.dumps(archive_of(fill(app)))
    close(app)
    return text


@pytest.mark.parametrize(("path", "value", "sentence"), FAULTS)
def test_a_faulty_archive_is_refused_with_a_sentence_and_nothing_is_restored(app, sound, path, value, sentence):
    from cardsort.usecases.workshops import list_workshops

    _, answer = restore(app, change(json.loads(sound), path, value))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Nothing was restored." in answer.text
    with app.app_context():
        assert [workshop_id for workshop_id, *_ in list_workshops()] == [NEIGHBOUR]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"group,ranking\n", b'{"format": NaN}', b"PK\x03\x04", b"\xff"])
def test_what_is_no_archive_is_said_to_be_none(app, data):
    _, answer = restore(app, data)
    assert answer.status_code == 422
    assert ".cardsort.json" in answer.text


def test_hidden_control_characters_become_visible(app, sound):
    document = change(json.loads(sound), ("workshop", "name"), "Autumn\u202e")
    client, answer = restore(app, document)
    assert "Autumn\ufffd" in client.get(answer.location).text


def test_every_table_of_a_workshop_is_archived_or_left_out_for_a_reason():
    """A new table goes into MORE_TABLES of store/archive.py, or here with its reason."""
    from cardsort.store.archive import MORE_TABLES, OWN_TABLES
    from cardsort.store.models import Base

    left_out = {
        "link",  # opens the old workshop only
        "draft",  # was never sent
        "handover",  # a code that lasts for minutes
        "one_time_code",  # worth something in their own round only
        "respondent",  # keys of single people
        "ballot",  # told by its own rules
        "removed_ballot",  # counted with the sources; names single people
        "withheld_words",  # the words themselves are left out, and counted
        "server",  # about the machines, not about any workshop
    }
    archived = {table.__tablename__ for table in (*OWN_TABLES, *MORE_TABLES)}
    assert archived | left_out == set(Base.metadata.tables)
    assert not archived & left_out


def test_two_ballots_of_one_person_stay_together_by_a_number_of_the_file_alone(app):
    """IT's own view beside its prediction, put into the database as the ballot page will send it."""
    from cardsort.domain.ballots import Ballot, Group, Kind
    from cardsort.store.ballots import Slot, StoredBallot
    from cardsort.store.batches import Placed, insert_ready, ready_ballots, ready_respondents
    from cardsort.store.engine import writing
    from cardsort.usecases.decks import shipped_deck

    room = open_room(app, picks="3")
    workshop_id = room.desk.split("/")[2]
    people = [f"person{number}" for number in range(5)]
    with app.app_context(), writing() as session:
        everybody = ready_respondents(workshop_id, {name.encode().ljust(32): name for name in people})
        rankings = {Kind.OWN: (TOP, THIRD, TOP, OTHER, TOP), Kind.PREDICTION: (OTHER, TOP, THIRD, OTHER, TOP)}
        placed = [
            Placed(
                Slot(workshop_id, 1, person, Group.IT, kind),
                StoredBallot(f"{7 * number:016x}{kind.value:0>16}", Ballot(tuple(rankings[kind][number]))),
            )
            for number, person in enumerate(people)
            for kind in Kind
        ]
        insert_ready(session, everybody, ready_ballots(placed, shipped_deck()))
    for number in range(6):
        room.cast(room.customers, OTHER if number % 2 else THIRD, 100 + number)
    room.reveal()
    found = archive_of(room)
    linked = [one["person"] for one in found["ballots"] if one["group"] == "it"]
    assert sorted(linked) == sorted([*range(1, 6), *range(1, 6)])
    assert {one["person"] for one in found["ballots"] if one["group"] == "customers"} == {None}
    assert "person0" not in json.dumps(found)
    before = result_of(room)
    assert before["projection"]["person_difference"] is not None
    assert result_of(restored(app, room)) == before


def test_two_orders_of_one_customer_are_not_paired_where_that_would_tell_the_kind_of_the_second(app):
    room = open_room(app, picks="3", second_customers="yes", **SEGMENTS)
    for number in range(8):
        tablet, asked = room.stranger(), {"own": {"segment": number % 2 + 1}, "prediction": {}}
        for kind, more in asked.items():
            body = {"id": f"{len(kind):016x}{number:016x}", "kind": kind, "ranking": OTHER, **more}
            assert tablet.post(f"{room.customers}/ballots?kind={kind}", json=body).status_code == 201
    room.reveal()
    found = Counter((one["kind"], one["segment"], one["person"]) for one in archive_of(room)["ballots"])
    assert found == {("own", 1, None): 4, ("own", 2, None): 4, ("prediction", None, None): 8}
