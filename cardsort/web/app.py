"""The application: settings in, a Flask application with its database out."""

import logging
import os
from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from cardsort import resources
from cardsort.store.engine import count_connections, install_sqlite_events
from cardsort.store.models import db
from cardsort.usecases.opening import open_database
from cardsort.usecases.printable import use_fonts
from cardsort.web.kit.bounds import install_bounds
from cardsort.web.kit.config import Config, read_config
from cardsort.web.kit.guard import install_guard
from cardsort.web.kit.jinja import install_jinja
from cardsort.web.kit.limits import install_limits
from cardsort.web.kit.making import install_workbench
from cardsort.web.kit.speaking import install_languages
from cardsort.web.kit.watching import install_watch

BALLOT_BYTES = 64 * 1024
POSTGRES: dict[str, Any] = {  # for each process: at most 10 of the 100 connections that PostgreSQL usually has
    "pool_size": 8,
    "max_overflow": 2,
    "pool_timeout": 5,  # the patience of a sending tablet
    "pool_recycle": 1800,  # firewalls forget quiet connections
    "pool_pre_ping": True,  # without a statement: see the dialect
}


def create_app(config: Config | None = None, opening: Callable[[bytes], None] = open_database) -> Flask:
    """The application for these settings (default: from the environment), its database opened in that way."""
    config = config or read_config(os.environ)
    app = Flask("cardsort", template_folder=str(resources.TEMPLATES), static_folder=None)
    app.config.update(
        CARDSORT=config,
        ACCEPTED_HOSTS=config.accepted_hosts(),
        SQLALCHEMY_DATABASE_URI=config.database,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True, **_postgres_options(config)},
        MAX_CONTENT_LENGTH=BALLOT_BYTES,
        MAX_FORM_MEMORY_SIZE=BALLOT_BYTES,
    )
    use_fonts(config.fonts)
    app.logger.setLevel(logging.INFO)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    install_watch(app)
    install_guard(app)
    install_languages(app)
    install_jinja(app)
    db.init_app(app)
    install_bounds(app)
    install_workbench(app)
    install_limits(app, config.rate_limit_storage)
    if n := config.proxies:  # without any, what a visitor says about himself in these headers is not believed
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    _register_pages(app)
    with app.app_context():
        install_sqlite_events(db.engine)
        count_connections(db.engine)
        try:
            opening(config.secret)
        except BaseException:
            db.engine.dispose()  # whoever refuses to start holds no connection open
            raise
    return app


def _postgres_options(config: Config) -> dict[str, Any]:
    if not config.database_url:
        return {}
    return POSTGRES if config.prepared_statements else {**POSTGRES, "connect_args": {"prepare_threshold": None}}


def _register_pages(app: Flask) -> None:
    from cardsort.web.everybody import accessibility, health, languages, metrics, pages, starting
    from cardsort.web.facilitator import (
        agenda,
        archives,
        cards,
        closing,
        codes,
        decks,
        desk,
        devices,
        doors,
        downloads,
        editing,
        handbook,
        imports,
        keeping,
        locking,
        presenter,
        printing,
        projector,
        rehearsal,
        remarks,
        removals,
        results,
        rounds,
    )
    from cardsort.web.kit import assets as files
    from cardsort.web.respondent import answer, handovers, lists, plainform, voting
    from cardsort.web.respondent import codes as entered

    taking_part = (voting, plainform, handovers, entered, answer, lists)
    offered = (desk, doors, editing, decks, cards, imports, codes, keeping, removals, locking, closing, rehearsal)
    preparing = (handbook, *offered)
    after = (remarks, rounds, results, projector, presenter, devices, agenda, printing, downloads, archives)
    for module in (files, health, metrics, accessibility, pages, languages, starting, *taking_part, *preparing, *after):
        app.register_blueprint(module.bp)
