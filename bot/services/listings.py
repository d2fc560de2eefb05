"""List what the record holds across customers, newest first and page by page, in the shapes of the record."""

from bot.domain.complaints import ComplaintState
from bot.domain.conversation import Owner
from bot.domain.ids import ConversationId, MessageId
from bot.domain.preferences import PreferenceState
from bot.errors import NotFound
from bot.services import profiles, shapes
from bot.store.pages import Page
from bot.store.unit_of_work import UnitOfWork


def conversations(
    uow: UnitOfWork, state: Owner | None, cursor: str | None, limit: int
) -> Page[shapes.ConversationShape]:
    """Return conversations, those with the latest word first; raises BadCursor."""
    found = uow.conversations.page(owner=state, agent_id=None, cursor=cursor, limit=limit)
    return Page([profiles.draw_conversation(one) for one in found.items], found.next)


def messages(
    uow: UnitOfWork, conversation_id: ConversationId, cursor: str | None, limit: int
) -> Page[shapes.MessageShape]:
    """Return messages of a conversation; the cursor is the id of the last one seen. Raises NotFound."""
    if uow.conversations.get(conversation_id) is None:
        raise NotFound("conversation")
    before = MessageId(int(cursor)) if cursor else None
    found = uow.messages.of_conversation(conversation_id, before=before, limit=limit + 1)
    shown = found[-limit:]
    newest_first = list(reversed(list(profiles.draw_messages(uow, shown))))
    return Page(newest_first, str(shown[0].id) if len(found) > limit else None)


def complaints(
    uow: UnitOfWork, state: ComplaintState | None, cursor: str | None, limit: int
) -> Page[shapes.ComplaintShape]:
    """Return complaints; raises BadCursor."""
    found = uow.complaints.page(state, cursor, limit)
    return Page([shapes.draw(shapes.ComplaintShape, one) for one in found.items], found.next)


def preferences(
    uow: UnitOfWork, state: PreferenceState | None, kind: str | None, cursor: str | None, limit: int
) -> Page[shapes.PreferenceShape]:
    """Return preferences; raises BadCursor."""
    found = uow.preferences.page(state=state, kind=kind, words=None, cursor=cursor, limit=limit)
    return Page([shapes.draw(shapes.PreferenceShape, one) for one in found.items], found.next)
