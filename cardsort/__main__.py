"""`python -m cardsort`: the same as the command `cardsort`."""

from cardsort.cli.commands import main

main()
