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
                answers.append(polled(language.present).get_data(as_text=True))
    assert answers == ["en", "nl", "en"]
