"""Answers that are kept for those who ask again."""

from cardsort import language, resources
from cardsort.web.kit.polling import polled


def test_what_is_kept_is_kept_for_each_language_by_itself(app, monkeypatch, tmp_path):
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "cardsort.mo").touch()
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path)
    with app.test_request_context("/desk/counts"):
        answers = []
        for spoken in ("en", "nl", "en"):
            with language.speaking(spoken):
                answers.append(polled(lambda: (language.present(), None)).get_data(as_text=True))
    assert answers == ["en", "nl", "en"]


def test_what_the_desk_has_polled_is_shown_to_nobody_else(room):
    assert [room.get("/status").status_code for _again in range(2)] == [200, 200]
    assert room.stranger().get(f"{room.desk}/status").status_code == 404
