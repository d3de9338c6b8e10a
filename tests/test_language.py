"""The present language: messages with places, plurals, numbers, days and lists as people of it write them."""

import contextlib
from datetime import UTC, date, datetime

import pytest

from cardsort import language
from cardsort.language import _, ngettext


def test_english_says_what_stands_in_the_program():
    assert language.present() == "en"
    assert _("IT named %(hits)s of %(top)s: 40 %%", hits=4, top=10) == "IT named 4 of 10: 40 %"
    said = [ngettext("%(n)s card of %(name)s", "%(n)s cards of %(name)s", n, name="ours") for n in (0, 1, 1204)]
    assert said == ["0 cards of ours", "1 card of ours", "1,204 cards of ours"]


def test_a_language_that_nobody_has_written_is_refused():
    with pytest.raises(ValueError, match="tlh"):
        language.speak("tlh")
    assert language.present() == "en"


def test_languages_are_offered_in_one_order_whatever_the_disk_lists_first(tmp_path):
    codes = [f"{first}{second}" for first in "zaqx" for second in "ybm"]
    for code in codes:
        (tmp_path / code).mkdir()
        (tmp_path / code / "cardsort.mo").touch()
    assert language._offered(tmp_path) == ("en", *sorted(codes))


def test_the_language_of_a_block_ends_with_it_whatever_happens():
    with contextlib.suppress(ZeroDivisionError), language.speaking("nl"):
        raise ZeroDivisionError(language.present())
    assert language.present() == "en"


def test_numbers_are_rounded_half_up_and_have_a_real_minus_sign():
    assert [language.number(value, 1) for value in (1234.55, -0.25, 0)] == ["1,234.6", "−0.3", "0.0"]
    assert [language.percent(share) for share in (0.455, 1, 0)] == ["46\xa0%", "100\xa0%", "0\xa0%"]


def test_each_language_writes_a_number_as_it_is_used_to_whichever_was_spoken_before():
    said = []
    for code in ("en", "de", "fr", "en"):
        with language.speaking(code):
            said.append((language.number(1234.5, 1), language.number(1234.5), language.percent(0.5)))
    english = ("1,234.5", "1,235", "50\xa0%")
    assert said == [english, ("1.234,5", "1.235", "50\xa0%"), ("1\u202f234,5", "1\u202f235", "50\xa0%"), english]


def test_days_and_times():
    assert language.day(date(2026, 5, 4)) == "4 May 2026"
    assert language.moment(datetime(2026, 5, 4, 9, 5, tzinfo=UTC)) == "4 May 2026, 09:05 UTC"
    assert language.moment(datetime(2026, 12, 24, 18, 0)) == "24 December 2026, 18:00"  # noqa: DTZ001  without a zone


def test_lists():
    assert [language.listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert language.listed(["a", "b", "c"], either=True) == "a, b or c"


def test_the_names_of_languages_are_said_in_themselves():
    assert [language.name_of(code) for code in ("en", "nl", "de", "fr")] == [
        "English",
        "Nederlands",
        "Deutsch",
        "Français",
    ]
