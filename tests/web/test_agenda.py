"""The agenda's pages: agreed after the reveal, saved field by field, published, read by customers, printed."""

import re
from html import unescape
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from tests.web.conftest import open_room

IT, CUSTOMERS = ["A-01", "A-02", "A-03"], ["A-02", "S-05", "A-01"]  # shared; blind S-05; false A-03


@pytest.fixture
def revealed(app):
    return reveal(app)


def reveal(app, it=3, customers=4, **settings):
    room = open_room(app, picks="3", **settings)
    for number in range(it):
        assert room.cast(room.it, IT, number).status_code == 201
    for number in range(customers):
        assert room.cast(room.customers, CUSTOMERS, 100 + number).status_code == 201
    room.reveal()
    return room


def put(room, *codes):
    for code in codes:
        answer = room.post("/agenda", code=code)
        assert (answer.status_code, answer.location) == (303, f"{room.desk}/agenda?open={code}#item-{code}")


def save(room, code, number=1, **changes):
    return room.facilitator.put(f"{room.desk}/agenda/{number}/{code}", json=changes)


def flat(page):
    """The words of a page. What is typed in these tests has an <i>, as no template has: one that is not escaped would
    vanish from the words, so it is refused.
    """
    main = page.text.split("<main")[1].split("</main>")[0]
    assert not re.search(r"</?i\b", main)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def order(room):
    return re.findall(r'<li id="item-([^"]+)"', room.get("/agenda").text)


def test_suggestions_come_as_shared_pain_blind_spots_and_false_alarms(revealed):
    page = revealed.get("/agenda").text
    titles = re.findall(r"<h3>([^<]+)</h3>\s*<ul class=\"suggested\">(.*?)</ul>", page, re.DOTALL)
    assert [(title, re.findall(r'name="code" value="([^"]+)"', rows)) for title, rows in titles] == [
        ("Shared pain", ["A-02", "A-01"]),
        ("Blind spots", ["S-05"]),
        ("False alarms", ["A-03"]),
    ]
    assert page.count("<option value=") == 1 + 52
    put(revealed, "A-02")
    assert "Customers: place 1 IT thought: place 2" in flat(revealed.get("/agenda"))
    assert revealed.get("/agenda").text.count("<option value=") == 1 + 51


def test_the_result_puts_its_cards_on_the_agenda_and_stays_where_it_was(revealed):
    page = revealed.get("/result").text
    assert page.index("Shared pain") < page.index("Blind spots") < page.index("False alarms")
    assert page.count('name="from" value="result"') == 4
    answer = revealed.post("/agenda", code="S-05", **{"from": "result"})
    assert answer.location == f"{revealed.desk}/result#talk-S-05"
    assert revealed.get("/result").text.count('name="from" value="result"') == 3
    assert 'id="talk-S-05"' in revealed.get("/result").text


def test_saving_touches_only_the_fields_that_are_sent(revealed):
    put(revealed, "A-02")
    first = save(revealed, "A-02", decision="do", action="Ask  every\nbranch", from_whom=["team", "management"])
    assert first.json == {"saved": True, "state": "We do it"}
    assert save(revealed, "A-02", due="2027-03-01", quick_win=True).json["state"] == "We do it · by 1 March 2027"
    page = revealed.get("/agenda?open=A-02").text
    assert ">Ask every branch</textarea>" in page
    assert 'value="2027-03-01"' in page
    assert page.count('name="from_whom" value="management" checked') == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"action": "x" * 281}, "The text on what will be done has 281 characters. Shorten it to 280."),
        ({"action": 5}, "“action” is not a text"),
        ({"action": ["x"]}, "“action” is not a text"),
        ({"decision": "maybe"}, "not among the choices"),
        ({"decision": ["do"]}, "not among the choices"),
        ({"progress": ""}, "not among the choices"),
        ({"progress": None}, "not among the choices"),
        ({"worth_paying": True}, "not among the choices"),
        ({"worth_paying": {}}, "not among the choices"),
        ({"acceptable": "never"}, "not among the choices"),
        ({"stakeholder": "x" * 81}, "The text on whom it touches has 81 characters. Shorten it to 80."),
        ({"quick_win": "yes"}, "neither yes nor no"),
        ({"from_whom": "team"}, "not a list"),
        ({"from_whom": ["boss"]}, "not among the choices"),
        ({"from_whom": [["team"]]}, "not among the choices"),
        ({"due": "2026-13-01"}, "The date is “2026-13-01”."),
        ({"due": "0026-05-04"}, "The year 26 cannot be meant."),
        ({"position": 1}, "“position” is not a field of the agenda."),
        ({"progress_on": "2026-05-04"}, "“progress_on” is not a field"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_a_sentence(revealed, changes, sentence):
    put(revealed, "A-02")
    save(revealed, "A-02", action="Kept")
    before = revealed.get("/agenda").text
    answer = save(revealed, "A-02", **changes)
    assert answer.status_code == 422
    assert sentence in answer.json["message"]
    assert revealed.get("/agenda").text == before


def test_control_characters_become_visible_and_markup_stays_text(revealed):
    put(revealed, "A-02")
    assert save(revealed, "A-02", action="<b>now</b>\u202e\x07").status_code == 200
    page = revealed.get("/agenda").text
    assert "&lt;b&gt;now&lt;/b&gt;\ufffd\ufffd</textarea>" in page
    assert "<b>now" not in page


def test_without_script_the_form_saves_what_differs_and_keeps_what_was_typed(revealed):
    put(revealed, "A-02")
    page = revealed.get("/agenda").text
    was = unescape(re.search(r'name="was" value="([^"]+)"', page).group(1))
    save(revealed, "A-02", owner="Ada")  # another device, after the page was opened
    form = {"was": was, "decision": "do", "action": "Ask", "progress": "open", "worth_paying": "", "from_whom": "team"}
    answer = revealed.post("/agenda/1/A-02", **form)
    assert answer.location == f"{revealed.desk}/agenda?open=A-02#item-A-02"
    page = revealed.get("/agenda").text
    assert 'value="Ada"' in page
    assert ">Ask</textarea>" in page
    refused = revealed.post("/agenda/1/A-02", **{**form, "action": "y" * 281})
    assert refused.status_code == 422
    assert "Shorten it to 280." in refused.text
    assert "y" * 281 in refused.text
    assert ">Ask</textarea>" in revealed.get("/agenda").text
    assert revealed.post("/agenda/1/A-02", was="[]").status_code == 422


def test_without_script_a_faulty_field_of_a_card_taken_off_meanwhile_is_told_too(revealed):
    put(revealed, "A-02", "S-05")
    revealed.post("/agenda/1/A-02/remove")
    for left in ("S-05", None):  # the agenda as it is, and an empty one
        refused = revealed.post("/agenda/1/A-02", was='{"due": ""}', due="soon")
        assert (refused.status_code, flat(refused).count("Not saved. The date is “soon”.")) == (422, 1)
        if left:
            revealed.post(f"/agenda/1/{left}/remove")


def test_order_and_taking_off(revealed):
    put(revealed, "A-02", "S-05", "A-03")
    revealed.post("/agenda/1/A-03/move", to="up")
    assert order(revealed) == ["A-02", "A-03", "S-05"]
    assert revealed.post("/agenda/1/A-02/remove").status_code == 303
    assert order(revealed) == ["A-03", "S-05"]
    assert save(revealed, "A-02", action="Too late").status_code == 404


@pytest.mark.parametrize("number", [0, 2, 10_000, 2**63])
def test_a_round_that_cannot_be_is_not_found(revealed, number):
    put(revealed, "A-02")
    assert save(revealed, "A-02", number, action="Sit in a branch").status_code == 404
    assert revealed.post(f"/agenda/{number}/A-02", was='{"action": ""}', action="Sit").status_code == 404
    assert revealed.post(f"/agenda/{number}/A-02/move", to="up").status_code == 404
    revealed.post(f"/agenda/{number}/A-02/remove")
    assert order(revealed) == ["A-02"]


def test_a_list_that_is_hidden_is_hidden_here_too(app):
    few = reveal(app, customers=2)
    page = flat(few.get("/agenda"))
    assert "Customers: place" not in page
    assert "At the top" in page
    put(few, "S-05")
    save(few, "S-05", decision="do", action="Ask")
    few.post("/agenda/publish")
    answer = flat(few.stranger().get(f"{few.customers}/answer"))
    assert "What was decided" in answer
    assert "S-05" in answer
    assert "A-02" not in answer  # of the customers’ hidden top
    assert "you put at the top" not in answer
    assert "Without the customers’ list." in flat(few.get("/agenda/answer"))


def test_the_answer_is_read_on_the_voting_links_once_published_until_taken_back(revealed):
    put(revealed, "A-02", "S-05", "A-03")
    save(
        revealed,
        "A-02",
        decision="do",
        action="Ask <i>every</i> branch",
        due="2027-03-01",
        owner="Ada",
        cost="Goodwill",
    )
    save(
        revealed, "A-02", public_owner="the <i>service</i> desk", quick_win=True, behaviour="Listen", worth_paying="no"
    )
    save(revealed, "A-02", acceptable="unsure", stakeholder="New colleagues")
    save(revealed, "A-03", decision="no", reason="No <i>money</i>", action="Noted before the no")
    refused = revealed.post("/agenda/publish")
    assert refused.status_code == 422
    assert "Card A-03 still lacks what there is instead." in refused.text
    save(revealed, "A-03", alternative="A <i>shared</i> list")
    before = revealed.stranger().get(f"{revealed.customers}/answer")
    assert before.status_code == 404
    assert "There is no answer here yet." in before.text
    assert "/answer" not in revealed.stranger().get(revealed.customers).text

    assert revealed.post("/agenda/publish").status_code == 303
    assert f'href="{revealed.customers}/answer"' in revealed.stranger().get(revealed.customers).text
    answer = revealed.stranger().get(f"{revealed.customers}/answer")
    words = flat(answer)
    assert re.findall(r'class="card-code">([^<]+)<', answer.text) == ["A-02", "A-03", "S-05", "A-01"]
    assert "We do it. Quick win Ask <i>every</i> branch By 1 March 2027 · Ask the <i>service</i> desk" in words
    assert words.count("Not decided yet") == 1
    assert words.index("Also decided") < words.index("Not decided yet")
    assert "No. Why: No <i>money</i> Instead: A <i>shared</i> list" in words
    for private in ("Ada", "Goodwill", "Listen", "Noted before", "paying", "supplier", "New colleagues"):
        assert private not in answer.text  # in no attribute either
    assert "This is what customers read" in flat(revealed.stranger().get(f"{revealed.it}/answer"))

    save(revealed, "A-02", progress="done")
    assert re.search(r"Done on \d+ \w+ \d{4}", flat(revealed.stranger().get(f"{revealed.customers}/answer")))
    revealed.post("/agenda/take-back")
    assert revealed.stranger().get(f"{revealed.customers}/answer").status_code == 404


def test_what_cannot_be_published_yet_says_why_in_the_place_of_the_button(revealed):
    put(revealed, "A-02")
    page = revealed.get("/agenda/answer").text
    assert "Nothing is decided yet, so there is no answer to publish." in page
    assert "Publish it" not in page
    save(revealed, "A-02", decision="do", action="Ask every branch")
    page = revealed.get("/agenda/answer").text
    assert "Nothing is decided yet" not in page
    assert "Publish it" in page


def test_the_desk_leads_from_agreeing_to_publishing_to_ticking_off(revealed):
    assert "Acting" in flat(revealed.get(""))
    assert "read it together, then agree what will be done." in flat(revealed.get(""))
    put(revealed, "A-02", "S-05")
    save(revealed, "A-02", decision="do", action="Ask")
    assert "1 of 2 cards on the agenda is decided." in flat(revealed.get(""))
    save(revealed, "S-05", decision="later", reason="No time")
    assert "Publish the answer to your customers" in flat(revealed.get(""))
    revealed.post("/agenda/publish")
    assert "0 of 2 promises are done." in flat(revealed.get(""))
    save(revealed, "A-02", progress="done")
    assert "1 of 2 promises are done." in flat(revealed.get(""))
    save(revealed, "S-05", progress="done")
    assert "Everything that was promised is done." in flat(revealed.get(""))


def test_acting_is_no_stage_to_see_before_the_reveal(room):
    assert "Acting" not in room.get("").text


def test_the_report_prints_what_was_agreed_with_lines_for_more(revealed):
    def text(parts="agenda"):
        pages = PdfReader(BytesIO(revealed.get(f"/report.pdf?parts={parts}").data)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())

    assert text().count("yes / no") == 3  # two cards are proposed
    put(revealed, "A-02")
    save(
        revealed,
        "A-02",
        decision="do",
        action="Ask <i>every</i> branch",
        owner="<i>Ada</i>",
        due="2027-03-01",
        progress="done",
    )
    save(revealed, "A-02", behaviour="Listen <i>first</i>", from_whom=["management", "team"], worth_paying="unsure")
    save(revealed, "A-02", acceptable="no", stakeholder="<i>New</i> colleagues")
    page = text()
    assert page.count("yes / no") == 3
    for said in ("Ask <i>every</i> branch", "<i>Ada</i>", "1 March 2027", "not sure", "Done on "):
        assert said in page
    assert "Touches: <i>New</i> colleagues" in page
    assert "From our own supplier: no" in page
    assert "What we want to see from management and the team: Listen <i>first</i>" in page
    twin = flat(revealed.get("/result?parts=agenda"))
    assert "What we want to see from management and the team: Listen <i>first</i>" in twin


def test_promises_of_the_round_before_stand_on_the_desk_and_are_ticked_off(app, revealed):
    from cardsort.store.engine import writing
    from cardsort.store.models import RoundRow

    put(revealed, "A-02", "S-05", "A-01")
    for code, due in (("A-02", "2020-01-01"), ("S-05", "2099-01-01"), ("A-01", "")):
        save(revealed, code, decision="do", action=f"Mend <i>{code}</i>", due=due)
    revealed.post("/agenda/publish")
    with app.app_context(), writing() as session:
        session.add(RoundRow(workshop_id=revealed.desk.rsplit("/", 1)[1], number=2))
    assert "From the last round: 3 promises, 1 overdue" in flat(revealed.get(""))
    page = flat(revealed.get("/agenda"))
    assert page.index("Mend <i>A-02") < page.index("Mend <i>S-05") < page.index("Mend <i>A-01")
    assert "Overdue since 1 January 2020" in page
    assert "The agenda of this round begins with its reveal." in page
    assert "Customers: place" not in page
    assert revealed.post("/agenda", code="A-03").status_code == 409
    assert save(revealed, "A-02", progress="done").status_code == 200
    assert "From the last round: 2 promises" in flat(revealed.get(""))
    assert "overdue" not in flat(revealed.get(""))
    welcome = flat(revealed.stranger().get(revealed.customers))
    assert "What came of the last round" in welcome
    answer = flat(revealed.stranger().get(f"{revealed.customers}/answer"))
    assert "about round 1" in answer
    assert "Mend <i>A-02</i>" in answer


def promise_in_both_rounds(room):
    """Round 2 is revealed, and the same card is promised anew in it."""
    for number in (1, 2):
        put(room, "A-02")
        save(room, "A-02", number, decision="do", action=f"Ask in round {number}", due="2099-01-01")
        if number == 1:
            assert room.post("/next-round", after="1").status_code == 303
            room.reveal()


def test_a_promise_of_the_round_before_is_ticked_off_by_its_own_form_where_this_round_has_the_same_card(revealed):
    promise_in_both_rounds(revealed)
    page = revealed.get("/agenda").text
    action, was = re.search(
        r'<ul class="promises">.*?action="([^"]+)".*?name="was" value="([^"]+)"', page, re.DOTALL
    ).groups()
    form = {"was": unescape(was), "progress": "done"}
    assert revealed.facilitator.post(unescape(action), data=form).status_code == 303
    assert "From the last round" not in flat(revealed.get("/agenda"))
    old, new = (save(revealed, "A-02", number, owner="Ada").json["state"] for number in (1, 2))
    assert old.startswith("We do it · Done on ")
    assert new == "We do it · by 1 January 2099"


def test_the_calendar_of_the_next_round_keeps_the_entry_of_the_same_card_in_the_round_before(revealed):
    promise_in_both_rounds(revealed)
    found = [revealed.get(f"/agenda.ics?round={number}").data for number in (1, 2)]
    (first,), (second,) = (Calendar.from_ical(data).walk("VEVENT") for data in found)
    assert (str(first["summary"]), str(second["summary"])) == ("Ask in round 1", "Ask in round 2")
    assert first["uid"] != second["uid"]


def test_the_report_of_the_next_round_says_which_promises_are_open_and_that_of_the_first_does_not(revealed):
    put(revealed, "A-02", "S-05")
    save(revealed, "S-05", decision="do", action="Mend <i>it</i>", due="2099-01-01", owner="<i>Ada</i>")
    save(revealed, "A-02", decision="do", action="Ask <i>now</i>", due="2020-01-01", progress="under_way")
    assert revealed.post("/next-round", after="1").status_code == 303
    for number in range(200, 203):
        assert revealed.cast(revealed.customers, CUSTOMERS, number, round=2).status_code == 201
    revealed.reveal()
    words = flat(revealed.get("/result?parts=agenda"))
    assert re.search(r"A-02 [^–]*Round 1 Ask <i>now</i> 1 January 2020 Overdue Under way since", words)
    assert (
        words.index("Overdue")
        < words.index("Mend <i>it</i> <i>Ada</i> 1 January 2099 Open")
        < words.index("In this round")
    )
    pdf = PdfReader(BytesIO(revealed.get("/report.pdf?parts=agenda").data))
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert printed.index("Ask <i>now</i>") < printed.index("Overdue") < printed.index("Mend <i>it</i>")
    assert "Still open" not in flat(revealed.get("/result?parts=agenda&round=1"))
