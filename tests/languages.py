"""Catalogues made for a test: as many languages as it needs, with as many sentences."""

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo


def write_catalogue(folder, code, **sentences):
    """A catalogue of that language; a sentence's key is its English with underscores where that is no name."""
    catalogue = Catalog(locale=code)
    for english, said in sentences.items():
        catalogue.add(english, said)
    (folder / code).mkdir(parents=True)
    with (folder / code / "cardsort.mo").open("wb") as file:
        write_mo(file, catalogue)
