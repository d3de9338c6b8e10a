"""The same stories in the engines of the room: WebKit as in every iPad and iPhone, Firefox, Chromium.

WebKitGTK's driver has no touch: what is a finger in the others is a mouse there.
"""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.browser.engines.person import Person
from tests.browser.live import Facilitator, Server
from tests.browser.voting import cast
from tests.browser.weak_network import WeakNetwork

pytestmark = pytest.mark.flaky(reruns=2, only_rerun=["Hung"])  # WebKit's driver does once in some hundred stories
HIDDEN_LINES = """() => {
  const box = document.querySelector("[data-step=why] textarea");
  return box.scrollHeight - box.clientHeight; }"""
OUTSIDE = """(frame) => [...document.querySelectorAll(`${frame} legend`)].filter((legend) =>
  legend.getBoundingClientRect().top < legend.closest(frame).getBoundingClientRect().top + 8)
  .map((legend) => legend.textContent)"""
PHONE, TABLET = (390, 844), (820, 1180)
WORDS = "Nine days for a laptop, and every day of them somebody asked me to be patient for one more day. " * 2


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A server of these stories' own: it goes away in the middle of one."""
    running = Server(tmp_path_factory.mktemp("room")).start()
    yield running
    running.stop()


ENGINES = ["webkit with a mouse", "firefox with a finger", "chromium with a finger"]
OLD = ["wpe with a mouse"]


@pytest.fixture(params=OLD if os.environ.get("OLD_WEBKIT") else ENGINES)
def engine(request, engines):
    return engines(request.param.split()[0])


@pytest.fixture(params=[PHONE, TABLET], ids=["phone", "tablet"])
def tab(request, engine):
    """A tab in which nothing may go wrong."""
    opened = engine.open(request.param)
    if folder := os.environ.get("PICTURES"):  # of every step, to be looked at
        opened.album = Path(folder) / f"{engine.name}-{request.param[0]}"
        opened.album.mkdir(parents=True, exist_ok=True)
    yield opened
    try:
        assert opened.faults == []
    finally:
        opened.close()


def test_a_whole_ballot_from_the_welcome_to_the_receipt(tab, room):
    facilitator, person = Facilitator(room).start(), Person(tab)
    person.begin(facilitator.link("customers"))
    a, b, c, d, e = sort_some(person)
    look_at_the_list(person, a)
    person.go("Choose", "choose")
    person.choose([a, b, c, d, e])
    put_in_order(person, a, b, c, d, e)
    tab.reload()
    person.ready()
    person.expect_order([e, c, b, a, d])
    say_why(person)
    with tab.forgiving():
        room.stop()
        tab.tap("[data-step=why] [data-on]")
        person.expect_heading("Not sent yet")
        tab.look("waiting")
        room.start()
        receipt = person.receipt  # it sends itself
    tab.look("receipt")
    assert tab.all("[data-own-list] > [data-code]") == [e, c, b, a, d]
    tab.reload()
    assert person.receipt == receipt
    assert facilitator.counts()["customers"] == 1


def sort_some(person):
    tab = person.tab
    tab.look("sort")
    tab.tap("[data-step=sort] .turn-button", "Turn over")
    tab.look("back")
    codes = person.sort(["often", "often", "no", "often"])
    tab.tap("[data-step=sort] [data-undo]")
    tab.until("() => document.querySelector('[data-progress]').textContent === '4 of 52'")
    assert person.present == codes[3]
    codes = [*codes[:2], *person.sort(["often", "often", "often"])]
    person.sort(["sometimes"] * 2 + ["no"] * 8 + ["unsure"] * 2, keys=True)
    return codes


def look_at_the_list(person, first):
    tab = person.tab
    tab.tap("[data-step=sort] a", "List")
    tab.see("[data-step=list]")
    tab.tap(f"[data-step=list] [data-code='{first}'] [data-look]")
    tab.until("code => document.querySelector(`[name='pile-${code}']:checked`)?.value === 'often'", first)
    tab.look("list sorted")


def put_in_order(person, a, b, c, d, e):
    person.drag(e, a)
    person.expect_order([e, a, b, c, d])
    person.move(c, "up", "up")
    person.expect_order([e, c, a, b, d])
    person.tab.look("selected")
    person.tab.tap(f"[data-step=rank] [data-code='{c}'] [data-move=place]")
    person.tab.tap("dialog [data-place='3']")
    person.expect_order([e, a, c, b, d])
    person.keys(a, "End", "ArrowUp")
    person.expect_order([e, c, b, a, d])


def say_why(person):
    tab = person.tab
    person.on("why")
    person.answer(1, "time")
    tab.write("[data-step=why] .why-panels > :nth-child(1) textarea", WORDS)
    tab.until("() => document.querySelector('[data-left]').textContent === '88 characters left'")
    assert tab.js(HIDDEN_LINES) <= 0
    person.answer(0, "busy")
    tab.until("() => document.querySelector('[value=busy]').checked")
    assert tab.js(OUTSIDE, ".why-card") == []
    tab.look("why")


def test_a_whole_ballot_from_the_list(tab, room):
    facilitator, person = Facilitator(room).start(), Person(tab)
    person.begin(facilitator.link("customers"), way="list")
    tab.look("list empty")
    codes = tab.all("[data-titles] > [data-code]")
    assert len(codes) == 52
    tab.tap(f"[data-step=list] [data-code='{codes[1]}'] [data-look]")
    tab.see(f"[data-step=list] [data-code='{codes[1]}'] .title-more")
    tab.look("list with a card turned")
    a, b, c, d = (codes[place] for place in (1, 4, 30, 51))
    person.choose([a, b, c, d], step="list")
    person.drag(d, a)
    person.expect_order([d, a, b, c])
    person.on("why")
    person.on("send")
    assert person.receipt
    assert facilitator.counts()["customers"] == 1


def test_the_result_beside_one_s_own_list_on_the_device_it_was_sent_from(tab, room):
    facilitator, person = Facilitator(room).start(picks="3"), Person(tab)
    for _ in range(3):
        cast(facilitator.link("it"), ["A-01", "A-02", "A-03"])
        cast(facilitator.link("customers"), ["A-02", "S-05", "A-01"])
    person.begin(facilitator.link("customers"), way="list")
    person.choose(["S-05", "A-02", "B-02"], step="list")
    person.on("why")
    person.on("send")
    assert person.receipt
    for group in ("it", "customers"):
        facilitator.lock(group)
    facilitator.reveal()
    facilitator.request(f"{facilitator.desk}/projector", {"seen": 0, "to": "marks"})
    tab.goto(facilitator.link("customers"))
    tab.look("revealed")
    facilitator.request(f"{facilitator.desk}/devices", {"show": "yes"})
    tab.see("a", "See the result beside your list")  # the page comes to it by itself
    tab.look("result can be seen")
    tab.tap("a", "See the result beside your list")
    tab.see("[data-own]", "Your list")
    tab.see("[data-list=customers]", "2 of your 3 cards are in this list.")
    tab.see("[data-list=it]", "1 of your 3 cards is in this list.")
    assert tab.all(".is-yours") == ["A-02", "A-02", "S-05"]
    tab.look("result")


OVERFULL = """() => {
  for (const turn of document.querySelectorAll("details.turn")) turn.open = true;
  return [...document.querySelectorAll(".card-back")].filter((card) => card.scrollHeight > card.clientHeight + 1)
    .map((card) => card.querySelector(".card-code").textContent);
}"""


def test_no_card_s_back_runs_out_of_its_frame(tab, room):
    tab.goto(f"{room.url}/deck")
    tab.see(".turn-button")
    assert tab.js(OVERFULL) == []
    tab.look("backs")


WAY_OUT = "[data-waiting] a"
LATE = """() => document.getAnimations().filter((motion) => motion.animationName === "late").map((motion) => {
  const seconds = motion.effect.getComputedTiming().endTime / 1000;
  motion.finish();
  return seconds;
})"""


def test_where_the_script_does_not_run_the_plain_form_is_offered_within_eight_seconds(tab, room):
    network = WeakNetwork(room.port, lambda request: "refuse" if b"/js/ballot" in request.split(b"\r\n")[0] else "pass")
    link = Facilitator(room).start().link("customers").replace(room.url, network.url)
    with tab.forgiving():
        tab.goto(f"{link}/ballot")
        assert tab.js("link => getComputedStyle(document.querySelector(link)).visibility", WAY_OUT) == "hidden"
        assert 4 < max(tab.js(LATE)) < 8
        tab.look("way out")
        tab.tap(WAY_OUT, "plain form")
        tab.see("#codes")
    network.close()


def test_a_person_in_it_says_their_team_and_it_is_known_again(tab, room):
    teams = {"it-segment-1": "Networks", "it-segment-2": "Helpdesk"}
    facilitator, person = Facilitator(room).start(**teams), Person(tab)
    person.begin(facilitator.link("it"))
    assert person.step == "who"
    tab.look("team")
    tab.tap("[data-step=who] .choice-label", "Helpdesk")
    person.on("sort")
    codes = person.sort(["often", "often", "often"])
    person.go("Choose", "choose")
    person.choose(codes)
    tab.reload()
    person.ready()
    person.go("You", "who")
    assert tab.js("() => document.querySelector('[data-step=who] :checked').value") == "2"
    person.go("Order", "rank")
    person.on("why")
    tab.tap("[data-step=why] [data-on]")
    assert person.receipt
    page = facilitator.request(f"{facilitator.desk}/status")[1].decode()
    assert [count in page for count in ('data-kind="1">0', 'data-kind="2">1')] == [True, True]


def test_some_cards_are_ticked_and_one_is_edited_where_it_lies(tab, room):
    tab.goto(f"{room.url}/new")
    tab.write("#name", "Autumn")
    tab.tap("button", "Start the workshop")
    desk = tab.until("() => location.pathname.startsWith('/desk/') && location.href.replace('/keep', '')")
    tab.goto(f"{desk}/deck")
    tab.tap("summary", "Use only some of them")
    tab.tap("[data-tick=none]")
    for code in ("A-01", "A-02", "B-05", "S-13"):
        tab.tap(f"[data-ticks] input[value='{code}']")
    tab.see("[data-ticked]", "4 of 52 ticked. Everybody then chooses up to 4 instead of 10.")
    tab.look("ticks")
    tab.tap("[data-ticks] button", "Use the ticked cards")
    tab.see("[role=status]", "These cards are in use now.")
    tab.tap("#A-02 summary", "Edit the words")
    tab.write("#title-A-02", "!")
    tab.press("Tab")
    tab.see("#A-02 [data-save-state]", "Saved")
    tab.look("edited")
    edited = tab.text("#A-02 .card-face .card-title")
    assert "!" in edited
    tab.reload()
    assert tab.all("[data-card] .card-title", "class") == ["card-title"] * 4
    assert tab.text("#A-02 .card-face .card-title") == edited


def test_who_takes_an_order_back_sends_another(tab, room):
    facilitator, person = Facilitator(room).start(picks="3"), Person(tab)
    link = facilitator.link("customers")
    person.begin(link, way="list")
    person.choose(["S-01", "A-02", "C-03"], step="list")
    person.on("why")
    person.on("send")
    first = person.receipt
    tab.goto(link)
    tab.tap("summary", "Take it back")
    tab.look("take it back")
    tab.tap("button", "Take my order back")
    tab.see(".note", "You took this order back.")
    tab.look("taken back")
    assert facilitator.counts()["customers"] == 0
    tab.goto(f"{link}/ballot")
    person.ready()
    tab.see("[data-notice=removed]", "You took this order back.")
    tab.look("removed")
    person.go("Order", "rank")
    person.keys("C-03", "Home")
    person.expect_order(["C-03", "S-01", "A-02"])
    person.on("why")
    person.on("send")
    assert person.receipt != first
    assert facilitator.counts()["customers"] == 1


SMALL = {"segment-1": "Branches", "segment-2": "Citizens", "segment-3": "Farms"}
REMARKS = ("Ann never calls back.", "Nine days, each time.", "It takes for ever.")
CHOSEN = "at => { document.querySelector('#at').value = at; }"  # in each engine its own way to choose a day


def test_a_closing_time_two_kinds_told_together_and_a_remark_withheld(tab, room):
    facilitator = Facilitator(room).start(picks="3", **SMALL)
    for kind, count in enumerate((3, 1, 2), start=1):
        for number in range(count):
            words = REMARKS[number] if kind == 1 else ""
            cast(facilitator.link("customers"), ["S-01", "A-02", "C-03"], words=words, segment=kind)
    desk = come_to_the_desk(tab, facilitator)
    tab.tap("[aria-labelledby=count-customers] a", "Set a closing time")
    at = (datetime.now().astimezone() + timedelta(days=2)).replace(hour=17, minute=0)
    tab.see("#at")
    tab.js(CHOSEN, f"{at:%Y-%m-%dT%H:%M}")
    tab.look("closing time")
    tab.tap("button", "Close it then")
    tab.see("[aria-labelledby=count-customers] a", f"Closes by itself on {at.day} {at:%B %Y, %H:%M}")
    tab.look("desk with a closing time")
    tab.tap("[aria-labelledby=count-customers] a", "Lock …")
    tab.see(".note", "Of 3 kinds of customers, 2 would not be shown by")
    tab.tap("summary", "Tell two kinds together")
    tab.look("small kinds")
    tab.tap("button", "Tell them together")
    tab.see(".note", "All kinds of customers would be shown.")
    tab.see(".note b", "Citizens and Farms")
    tab.look("told together")
    tab.tap("button", "Lock the customers’ ballots")
    tab.see("[aria-labelledby=count-customers]", "Locked")
    tab.goto(f"{desk}/words")
    withhold(tab, REMARKS[0])
    page = facilitator.request(f"{facilitator.desk}/words")[1].decode()
    assert "<strong>1 withheld</strong>" in page


def withhold(tab, words):
    """A tap on its button swaps the list; the page stays where it is, and another tap would tell it again."""
    mark = tab.js(
        "words => [...document.querySelectorAll('.words-list p')].find((one) => one.textContent === words).id", words
    )
    tab.until("() => document.readyState === 'complete'")  # so that the page takes taps
    before = tab.js("() => history.length")
    tab.tap(f"[aria-describedby={mark}]", "Withhold")
    tab.see(f"[aria-describedby={mark}]", "Tell it again")
    tab.see("[role=status]", "1 withheld")
    tab.look("withheld")
    assert tab.js("() => history.length") == before


def test_a_plain_form(tab, room):
    facilitator = Facilitator(room).start()
    tab.goto(f"{facilitator.link('it')}/form")
    tab.look("form")
    tab.write("#codes", "a7 S-02, b5")
    tab.tap("form.plain button", "Send")
    tab.see("body", "You have sent your order.")
    assert facilitator.counts()["it"] == 1


def test_a_shared_tablet_over_a_lock_to_the_next_person(tab, room):
    facilitator, person = Facilitator(room).start(), Person(tab)
    person.begin(f"{facilitator.link('it')}?kiosk=1")
    codes = person.sort(["often"] * 3)
    person.go("Choose", "choose")
    person.choose(codes)
    facilitator.lock("it")
    person.on("why")
    person.answer(1, "know")
    tab.tap("[data-step=why] .expected .chip:nth-child(8)")
    assert tab.js("() => document.querySelector('[name=expected]:checked').value") == "7"
    tab.look("how sure")
    with tab.forgiving():
        person.on("send")
        person.expect_heading("The ballots are locked")
        tab.look("locked")
        facilitator.reopen("it")
        assert person.receipt  # it sends itself
    tab.look("shared receipt")
    tab.tap("[data-step=send] [data-next]")
    tab.see(".go a", "From a list")
    kept = tab.js("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert kept == []
    tab.look("next person")
    assert facilitator.counts()["it"] == 1


MARKED = """place => {
  document.querySelector(place).scrollIntoView();
  const strip = document.querySelector(".rehearsal-strip");
  const { y, bottom } = strip.getBoundingClientRect();
  return bottom > innerHeight - 1 && document.elementFromPoint(innerWidth / 2, y + 4) === strip;
}"""


def come_to_the_desk(tab, facilitator):
    """By the facilitator's link."""
    keep = facilitator.request(f"{facilitator.desk}/keep")[1].decode()
    tab.goto(re.search(rf"{facilitator.server.url}/f/[\w-]+", keep)[0])
    return tab.until("() => location.pathname.startsWith('/desk/') && location.href")


def test_a_rehearsal_slide_by_slide_and_its_page(tab, room):
    facilitator = Facilitator(room).start(**{"segment-1": "Branches", "segment-2": "Citizens"})
    come_to_the_desk(tab, facilitator)
    tab.tap("a", "rehearse the reveal")
    tab.see("[data-stage]")
    tab.until("() => document.readyState === 'complete'")  # so that the page takes keys
    number = 0
    while tab.all("[data-stage]", "data-more") == ["1"]:
        number += 1
        tab.press(("ArrowRight", "PageDown")[number % 2])
        tab.see(f"[data-stage][data-step='{number}'] .rehearsal", "Rehearsal: invented ballots")
        tab.until("number => location.search === `?step=${number}`", number)
    tab.look("last slide of a rehearsal")
    tab.reload()
    tab.see(f"[data-stage][data-step='{number}']")
    tab.tap("a", "The page")
    tab.see(".rehearsal-strip", "Rehearsal: invented ballots")
    for place in ("#first", "#segments", "#shares"):
        tab.until(MARKED, place)


def test_the_reveal_slide_by_slide(tab, room):
    tab.goto(f"{room.url}/")
    tab.tap("button", "See an example")
    desk = tab.until("() => location.pathname.startsWith('/desk/') && location.href")
    tab.look("desk")
    tab.goto(f"{desk}/projector")
    tab.until("() => document.readyState === 'complete'")  # so that the page takes keys
    number = 0
    while tab.all("[data-stage]", "data-more") == ["1"]:
        number += 1
        tab.press(("ArrowRight", "PageDown")[number % 2])
        tab.see(f"[data-stage][data-step='{number}']")
        tab.look(f"slide {number}")
    assert number == 30
    tab.tap("[data-go=back]")
    tab.see(f"[data-stage][data-step='{number - 1}']")
    tab.tap(".jump > summary")
    tab.tap("button[value=marks]")
    tab.see(".mark-guess text")
    tab.press("f")
    tab.see(".mark-customers text")
    tab.look("the marks")
    tab.goto(f"{desk}/presenter")
    tab.tap(".view-minutes button[value='5']")
    tab.see("[data-shown]", "4:5")
    tab.write("#note", "Wait, and let them talk.")
    tab.see("[data-note-state]", "Saved")
    tab.look("presenter")
    before = int(tab.all("[data-stage]", "data-step")[0])
    tab.tap("[data-go=next]")
    tab.see(f"[data-stage][data-step='{before + 1}']")
    tab.look("presenter turned")
    tab.tap("[data-go=back]")
    tab.see(f"[data-stage][data-step='{before}']")
    assert tab.js("() => document.querySelector('#note').value") == "Wait, and let them talk."
