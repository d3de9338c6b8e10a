"""WSGI entry for other servers (`app:application`), and `python app.py`: `cardsort run`, with its options."""

from typing import Any


def __getattr__(name: str) -> Any:
    """Build the application when a server asks for it, not when this file is merely imported."""
    if name == "application":
        from cardsort.web.running import wsgi_application

        return wsgi_application()
    raise AttributeError(name)


if __name__ == "__main__":
    from cardsort.web.cli import run

    run()
