"""What to say and to ask at each slide of the reveal: for the presenter's view, the slides' notes and the handbook.

Words to be spoken as they stand: true of any result, so they hold no number and take no side.
"""

from dataclasses import dataclass

from cardsort.language import N_, _
from cardsort.story import guide


@dataclass(frozen=True, slots=True)
class Script:
    """Sentences to say aloud, one after the other, then questions for the room: enough is one that starts the talk."""

    say: tuple[str, ...]
    ask: tuple[str, ...]


SCRIPTS = {  # in English, by the slide's kind, in the order in which they come
    "question": Script(
        (
            N_("Let us read the question together first. The cards were chosen to answer this and nothing else."),
            N_(
                "Here stands how many people answered. What you will see is what these people said, no more and no "
                "less."
            ),
            N_("Before the reveal nobody saw any result, and nor did I: there were counts only."),
            N_("We listen first and explain later. We talk about the work, not about a person."),
            N_("And nobody asks who chose what."),
        ),
        (
            N_("What went through your mind when you were asked this?"),
            N_("Whom did we not ask, and what might they have said?"),
        ),
    ),
    "basis": Script(
        (
            N_("For its first cards IT was asked: do we know that, or do we think it?"),
            N_("To think is nothing to be ashamed of: of the people asked world-wide, beside it, most said so too."),
            N_("What we think becomes what we know when we ask, and this time we asked."),
        ),
        (
            N_("How do we come to know what customers need? Who asks, and when did we last do it?"),
            N_("What are we sure of, and what would we see if we were wrong?"),
        ),
    ),
    "tops": Script(
        (
            N_("The cards lie face down. We turn them over from the last place to the first."),
            N_("Cards that are turned together share their places: the answers make no difference between them."),
            N_("Please read in silence first. There will be time to talk."),
        ),
        (
            N_("Before we turn the next one: which card do you expect?"),
            N_("Now that all lie open: which one did you not expect, and which one do you miss?"),
        ),
    ),
    "marks": Script(
        (
            N_("This line counts how many cards of the customers’ top IT named. One mark shows what guessing gives."),
            N_("Hardly anybody would name them all, for customers differ from one another too."),
            N_("So the fair measure is what customers themselves would have named, where enough of them answered."),
            N_("Where IT said before how many it expected, that stands here as well."),
        ),
        (
            N_("Is that more than you thought, or less? What makes you say so?"),
            N_("Where we were right, what had told us? Could we have more of that?"),
        ),
    ),
    "gap": Script(
        (
            N_("One card. I read it aloud, then how many customers chose it and how many in IT expected it."),
            N_("Here the two lists differ by more than chance usually makes them."),
            N_("Where a customer wrote something, I read it as it stands."),
            N_("We do not look for who wrote it. We look for where it happens."),
        ),
        (
            N_("When did somebody last meet this? What happened?"),
            N_("Seen from the other side: what is done, or left undone, so that it looks like this?"),
            N_("What does it cost the people who meet it?"),
        ),
    ),
    "kinds": Script(
        (
            N_("Customers are not one person. Here is where kinds of customers chose differently."),
            N_("None of them is wrong: each meets another part of our work."),
            N_("Of a kind in which too few answered nothing is shown, so that nobody is recognised."),
        ),
        (
            N_("Whose card would we have missed with one list for all?"),
            N_("Where do these people need an answer of their own, and where will one answer do for everybody?"),
        ),
    ),
    "shared": Script(
        (
            N_("These cards stand at the top of both lists. Nobody here has to be convinced of them."),
            N_("So the question is not whether it is true. It is what has kept it in place."),
        ),
        (
            N_("We knew, and it is still so. What has been in the way?"),
            N_("Which of these could be visibly better within two weeks?"),
            N_("What was tried already, and what did it teach us?"),
        ),
    ),
    "talk": Script(
        (
            N_("A question for the tables: three minutes, and everybody speaks once before anybody speaks twice."),
            N_("Then one sentence from each table. We collect first and weigh later."),
        ),
        (
            N_("Who would like to tell how it looks where they work? Nobody has to say what they chose."),
            N_("If it were better, what would one see or hear that one does not see or hear today?"),
        ),
    ),
    "agree": Script(
        (
            N_("Now we decide. For each card there are three honest answers."),
            N_("We do it. Later. Or no, with the reason and what there is instead."),
            N_("Three promises that are kept are worth more than ten that are made."),
            N_("Each promise gets somebody who looks after it, a day, and somebody who will ask on that day."),
            N_("Customers will read the answer once it is published, and we say now where they find it."),
        ),
        (
            N_("Which of these do we take on? What will be different, so that one could film it?"),
            N_("Who looks after it, until when, and who asks?"),
            guide.PAYING,
            guide.SUPPLIER,
        ),
    ),
    "missing": Script(
        (
            N_("Something cannot be shown here, and the slide says why."),
            N_("Where it is because few answered, it protects them: we promised it before they answered."),
            N_("It does not mean that all is well there."),
        ),
        (
            N_("What can we say with what we do see?"),
            N_("Whom should we ask next time, and what would make them answer?"),
        ),
    ),
}


def script_of(kind: str) -> Script:
    """The script of a slide of that kind, in the language that is spoken."""
    script = SCRIPTS[kind]
    return Script(tuple(map(_, script.say)), tuple(map(_, script.ask)))
