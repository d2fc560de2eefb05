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
    """Return messages of a conversation; the cursor is the smallest id on the page before. Raises NotFound.

    Pages are cut by id and each is put in order: an overtaken message stands at its place if that is on the same page.
    """
    if uow.conversations.get(conversation_id) is None:
        raise NotFound("conversation")
    before = MessageId(int(cursor)) if cursor else None
    found = uow.messages.of_conversation(conversation_id, before=before, limit=limit + 1)
    one_more = min(found, key=lambda message: message.id) if len(found) > limit else None
    shown = [message for message in found if message is not one_more]
    newest_first = list(reversed(list(profiles.draw_messages(uow, shown))))
    return Page(newest_first, str(min(message.id for message in shown)) if one_more else None)


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
