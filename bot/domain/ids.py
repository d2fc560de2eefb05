"""Give every kind of thing its own type of id, so that mypy notices a mix-up.

Opaque ids are 32 hexadecimal characters that nobody can guess or count; messages carry a rising integer because their
order is their meaning.
"""

import hashlib
import uuid
from typing import NewType

CustomerId = NewType("CustomerId", str)
IdentityId = NewType("IdentityId", str)
ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", int)
HandoffId = NewType("HandoffId", str)
ComplaintId = NewType("ComplaintId", str)
PreferenceId = NewType("PreferenceId", str)
ConsentId = NewType("ConsentId", str)
PromiseId = NewType("PromiseId", str)
RatingId = NewType("RatingId", str)
UserId = NewType("UserId", str)
OrderId = NewType("OrderId", str)


def new_id() -> str:
    """Return a fresh opaque id; wrap it in the NewType it is for."""
    return uuid.uuid4().hex


def identity_id_of(channel: str, account: str, external_id: str) -> IdentityId:
    """Return the id of a customer on a channel: always the same one, so that it can be known before they first write."""
    name = "\0".join((channel, account, external_id)).encode("utf-8", "surrogatepass")
    return IdentityId(hashlib.blake2b(name, digest_size=16).hexdigest())
