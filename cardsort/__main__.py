"""`python -m cardsort`: the same as the command `cardsort`."""

from cardsort.web.cli import main

main()
