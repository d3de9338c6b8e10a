"""What the product's sending is measured against: a bare Flask view that stores one row a request, in the same way.

`python -m tests.bench.bare_server ADDRESS_OF_DATABASE PORT`: same server, same threads, same durability, same lock.
"""

import logging
import sys

from flask import Flask, request
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, insert
from waitress import serve

from cardsort.cli.server import SERVER
from cardsort.store.engine import install_sqlite_events, writing_on

ROWS = Table("rows", MetaData(), Column("id", Integer, primary_key=True), Column("body", Text, nullable=False))


def make_app(database: str) -> Flask:
    app = Flask("bare")
    engine = create_engine(database)
    install_sqlite_events(engine)
    ROWS.metadata.create_all(engine)

    @app.post("/")
    def store() -> tuple[dict[str, str], int]:
        with writing_on(engine) as connection:
            connection.execute(insert(ROWS).values(body=request.get_data(as_text=True)))
        return {"receipt": "stored"}, 201

    @app.get("/")
    def ready() -> str:
        return "ready"

    return app


if __name__ == "__main__":
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # as ours does
    serve(make_app(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), **SERVER)
