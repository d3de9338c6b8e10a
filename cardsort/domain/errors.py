"""What can go wrong, one class per cause. Every message is a sentence for the person who sees it."""

from cardsort.language import _


class CardsortError(Exception):
    """Something the person asked for cannot be done; str() is the sentence to show."""


class InvalidInput(CardsortError):
    """Given values break a rule. Says what is wrong and how to mend it; `field` names the one of a form, "" = none."""

    def __init__(self, message: str = "", field: str = "") -> None:
        super().__init__(message)
        self.field = field


class InvalidTable(InvalidInput):
    """A file is faulty. Each of `faults` says which line or card, and how to mend it; str() has all of them."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class InvalidDeck(InvalidTable):
    """A deck, or the file of one, is faulty."""


class InvalidBallot(InvalidInput):
    """A ballot breaks a rule of its workshop."""


class WrongCode(InvalidBallot):
    """A one-time code is missing, unknown or used; nothing was stored."""


class InvalidBallotFile(InvalidTable):
    """A file of ballots is faulty."""


class NotFound(CardsortError):
    """No such workshop, link or code, or no right to see it: the two are never told apart."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or _(
                "There is no workshop here for you. The link may have been replaced, or the workshop deleted. "
                "Ask whoever sent it for a new one."
            )
        )


class GroupLocked(CardsortError):
    """The group's ballots are locked; nothing was stored. Once they are `revealed` they never open again."""

    def __init__(self, message: str, *, revealed: bool = False) -> None:
        super().__init__(message)
        self.revealed = revealed


class RoundOver(CardsortError):
    """What was sent belongs to an earlier round than the present one; nothing was stored."""


class HandedOver(CardsortError):
    """This device's ballot goes on on another one, so its key opens nothing any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Your ballot went on to another device, so nothing of it can be seen, changed or sent here any more. "
                "To have it back here, make a code there."
            )
        )


class AlreadySent(CardsortError):
    """The respondent has another ballot of this kind; `receipt` is the stored one's."""

    def __init__(self, message: str, receipt: str) -> None:
        super().__init__(message)
        self.receipt = receipt


class WrongStage(CardsortError):
    """The step is not possible at this stage of the workshop."""


class TooEarly(WrongStage):
    """It will be possible at a later stage: the sentence says what comes before."""


class InvalidArchive(InvalidInput):
    """An archive is faulty. Says where."""


class InvalidBackup(InvalidInput):
    """A backup cannot be made or restored. Says why; nothing was changed."""


class ClockLeapt(CardsortError):
    """The server's clock is too far past the last day that it saw; nothing was deleted."""


class UnfitDatabase(CardsortError):
    """The database is another version's or another secret's. Says which, and what to do; nothing was changed."""
