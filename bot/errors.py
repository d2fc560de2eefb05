"""Name everything that can go wrong, as one tree.

::

    BotError
    ├── BadSetting          a setting is missing or wrong: the process does not start
    ├── RejectedRequest     somebody without the right to ask: 401 or 403
    ├── UnreadablePayload   signed but unparsable: tell the vendor "ok", put it aside
    ├── UnsupportedMessage  readable, but not for us: a kind sentence to the customer
    ├── Refused             the domain says no (each rule has its own class)
    │   ├── NotFound        there is no such thing, or it is not yours to see
    │   └── Conflict        somebody was faster, or it is too late
    ├── RecordUnavailable   the profile can be neither read nor written at this moment: 503, come back
    ├── BrainFailed         the brain did not answer this turn
    │   └── BrainNotReady   the brain is loading, restarting or gone
    └── ChannelError        a platform did not take a message
        ├── TryLater        after a while it may
        ├── Moved           the same customer now has another id there
        ├── NotTaken        the push that it was meant for did not wait, or came again: at once, another way
        ├── WindowClosed    not before the customer writes again: nothing is lost, it waits
        └── Undeliverable   it never will: shown on the desk
            └── Unreachable nothing will: the customer blocked us or is gone

Raise below, translate once per edge: the webhook shell, the action base, the desk middleware.
"""

from datetime import timedelta


class BotError(Exception):
    """Stand at the root of the family; never raised itself."""


class BadSetting(BotError):
    """Say which settings are missing or wrong; the process does not start."""


class RejectedRequest(BotError):
    """Refuse a request whose sender has not proved who they are."""


class UnreadablePayload(BotError):
    """Put aside a payload that is signed but cannot be parsed."""


class UnsupportedMessage(BotError):
    """Tell the customer kindly that this kind of message cannot be read."""


class Refused(BotError):
    """Say no because a rule of the domain forbids it; the text may be shown to the user."""


class NotFound(Refused):
    """Say that a thing does not exist, or is none of the asker's business."""


class Conflict(Refused):
    """Say that somebody else was faster or that the moment has passed."""


class RecordUnavailable(BotError):
    """Report that the database does not answer; nothing was written."""


class BrainFailed(BotError):
    """Report a turn that the brain did not finish."""


class BrainNotReady(BrainFailed):
    """Report that no brain worker could take the turn at all."""


class ChannelError(BotError):
    """Report a message that a platform did not take."""


class TryLater(ChannelError):
    """Report a passing refusal; ``after`` says how long to wait at least."""

    def __init__(self, reason: str, after: timedelta = timedelta(0)) -> None:
        super().__init__(reason)
        self.after = after


class Moved(ChannelError):
    """Report that the platform knows the customer by another id from now on: write there."""

    def __init__(self, external_id: str) -> None:
        super().__init__("moved")
        self.external_id = external_id


class NotTaken(ChannelError):
    """Report that a reply to a push was certainly not taken; it is due again at once."""


class WindowClosed(ChannelError):
    """Report that the platform allows no more messages until this customer writes again; it may go then."""


class Undeliverable(ChannelError):
    """Report a message that this customer can never receive this way; the words are shown on the desk."""


class Unreachable(Undeliverable):
    """Report that no message can reach this customer any more, until they come back by themselves."""
