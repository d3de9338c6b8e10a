"""Links and codes follow from the secret: without it no server starts, and none makes another one beside them."""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from cardsort.cli.commands import main
from cardsort.cli.running import wsgi_application
from cardsort.domain.ballots import Group
from cardsort.domain.errors import UnfitDatabase
from cardsort.domain.settings import Settings
from cardsort.store.engine import writing
from cardsort.store.server import share_mark
from cardsort.usecases.codes import codes_of, make_codes
from cardsort.usecases.tokens import mark_of_secret
from cardsort.usecases.workshops import find_workshop, start_workshop, voting_access
from cardsort.web.app import create_app
from cardsort.web.kit.config import InvalidSetting, Use, read_config
from tests.conftest import SECRET, client_of, close
from tests.web.conftest import open_room

OTHER = b"another secret for tests, as long as the first"
COMMANDS = (("run",), ("demo",), ("admin-link",), ("report", "x"), ("archive", "x", "f"), ("purge",), ("backup", "f"))
each_command = pytest.mark.parametrize("words", COMMANDS, ids=[words[0] for words in COMMANDS])


@pytest.fixture
def run(data, monkeypatch):
    monkeypatch.setenv("CARDSORT_DATA", str(data))
    monkeypatch.setenv("PUBLIC_URL", "http://cards.test")
    monkeypatch.chdir(data.parent)
    for name in ("DATABASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


def content_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(("-shm", ".lock"))}


@each_command
def test_with_a_lost_secret_every_command_says_what_to_put_back_and_changes_nothing(run, data, words):
    (data / "secret.key").unlink()
    before = content_of(data)
    refused = run(*words)
    assert (refused.exit_code, "Put secret.key back into the data folder" in refused.stderr) == (2, True)
    assert content_of(data) == before
    assert not (data.parent / "f").exists()


@each_command
def test_with_another_secret_every_command_says_what_to_put_back(run, data, words):
    (data / "secret.key").write_text("f" * 64)
    refused = run(*words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("The links in the database do not follow from this server's secret.")


def test_one_link_that_does_not_follow_is_enough(run, data):
    with closing(sqlite3.connect(data / "cardsort.db")) as database, database:
        database.execute("UPDATE server SET secret_mark = NULL")
        database.execute("UPDATE link SET nonce = x'00' WHERE purpose = 'it'")
    assert run("demo").stderr.startswith("The links in the database do not follow")


@pytest.mark.usefixtures("run")
def test_a_worker_of_gunicorn_gives_up_likewise(data, capsys):
    (data / "secret.key").unlink()
    with pytest.raises(SystemExit) as ended:
        wsgi_application()
    assert (ended.value.code, "secret.key is missing" in capsys.readouterr().err) == (3, True)
    assert not (data / "secret.key").exists()


def test_the_right_secret_put_back_or_set_opens_everything_again(run, data, monkeypatch):
    listed = run("admin-link").stdout
    shutil.move(data / "secret.key", data.parent / "kept")
    assert run("admin-link").exit_code == 2
    monkeypatch.setenv("SECRET_KEY", (data.parent / "kept").read_text())
    assert run("admin-link").stdout == listed
    monkeypatch.delenv("SECRET_KEY")
    shutil.move(data.parent / "kept", data / "secret.key")
    assert run("admin-link").stdout == listed


def test_on_postgresql_a_machine_without_the_common_secret_makes_none_and_does_not_start(postgres_app, deck, tmp_path):
    with postgres_app.app_context():
        start_workshop(Settings("Autumn"), deck, secret=SECRET, today=date(2026, 5, 4))
    config = postgres_app.config["CARDSORT"]
    with pytest.raises(UnfitDatabase, match="all machines on one database need the same"):
        create_app(replace(config, secret=OTHER))
    environ = {"CARDSORT_DATA": str(tmp_path / "second"), "DATABASE_URL": config.database_url}
    with pytest.raises(InvalidSetting, match=r"secret\.key is missing, and all links in the database follow"):
        read_config(environ)
    assert list((tmp_path / "second").iterdir()) == []


def test_of_two_machines_that_start_on_an_empty_database_with_secrets_of_their_own_the_second_is_refused(
    make_config, database_url
):
    close(create_app(make_config(database_url=database_url)))
    with pytest.raises(UnfitDatabase):
        create_app(make_config(database_url=database_url, secret=OTHER))
    close(create_app(make_config(database_url=database_url)))


def test_a_secret_lost_for_good_is_replaced_with_every_link_and_unused_code_that_followed_from_it(run, data):
    app = create_app(read_config({"CARDSORT_DATA": str(data), "PUBLIC_URL": "http://cards.test"}))
    room = open_room(app)
    workshop_id = room.desk.split("/")[2]
    with app.app_context():
        make_codes(workshop_id, 2, secret=app.config["CARDSORT"].secret)
    close(app)
    (data / "secret.key").unlink()
    done = run("renew-links")
    assert (done.exit_code, done.stdout.split(".")[0]) == (0, "Links made anew: 9")
    again = create_app(read_config({"CARDSORT_DATA": str(data), "PUBLIC_URL": "http://cards.test"}, use=Use.READ))
    client = client_of(again)
    fresh = again.config["CARDSORT"].secret
    with again.app_context():
        access = voting_access(workshop_id, secret=fresh)
        assert codes_of(find_workshop(workshop_id), secret=fresh) == []
    assert client.get(room.it).status_code == 404
    assert client.get(f"/v/{access[Group.IT].token}").status_code == 200
    code = access[Group.IT].code
    assert client.post("/join", data={"code": code}).location == f"/v/{access[Group.IT].token}"
    link = run("admin-link", workshop_id).stdout.strip().removeprefix("http://cards.test")
    assert re.fullmatch(r"/desk/\w+/keep|/desk/\w+", client.get(link).location)
    close(again)


def test_where_every_link_follows_from_the_secret_none_is_made_anew(run):
    before = run("admin-link").stdout
    workshop_id = before.split()[0]
    link = run("admin-link", workshop_id).stdout
    assert run("renew-links").stdout == "All links follow from the secret already: they open what they opened before.\n"
    assert run("admin-link", workshop_id).stdout == link


def test_where_there_is_no_database_no_links_are_made_anew_and_no_folder_is_made(run, data):
    refused = run("renew-links", "--data", str(data.parent / "mistyped"))
    assert (refused.exit_code, refused.stderr.startswith("There is no database in")) == (2, True)
    assert not (data.parent / "mistyped").exists()


def test_of_two_servers_that_start_at_the_same_moment_the_mark_of_the_first_stays(app):
    with app.app_context(), writing() as session:
        assert share_mark(session, mark_of_secret(OTHER)) == mark_of_secret(SECRET)
        assert share_mark(session, mark_of_secret(SECRET)) == mark_of_secret(SECRET)
