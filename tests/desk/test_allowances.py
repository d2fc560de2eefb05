"""An agent sees how many messages a platform still takes, until when, and what becomes of words beyond."""

from datetime import timedelta

import pytest

from bot.desk.allowances import Standing, allowed
from bot.domain.allowance import Allowance, Grant, Ledger, Occasion, Opening, Spend, opened_by
from bot.domain.customer import Identity
from bot.domain.ids import ConversationId, IdentityId
from bot.services import allowances
from bot.store.unit_of_work import UnitOfWork
from tests.build import NOW
from tests.desk.conftest import Enter
from tests.desk.house import House

TWO_DAYS, MINUTE = Grant(5, timedelta(hours=48)), Grant(3, timedelta(minutes=1))
WHO = IdentityId("i")


def window(grant: Grant, occasion: Occasion = Occasion.MESSAGE) -> Allowance:
    return opened_by(Opening("o1", occasion, NOW, grant), WHO, NOW)


def after(spent: int, hours: float, *, can_send: bool = True) -> tuple[str, int, float]:
    """Return what is shown so many calls and hours after a message: how things stand, what is left, when that changes."""
    spends = [Spend(WHO, NOW, NOW + timedelta(seconds=1)) for _ in range(spent)]
    found = allowed(Ledger([window(TWO_DAYS)], spends), NOW + timedelta(hours=hours), can_send=can_send)
    assert found is not None
    changes_in = (found.changes_at - NOW) / timedelta(hours=1) if found.changes_at else 0
    return found.standing.value, found.left.count if found.left else 0, changes_in


def test_how_things_stand_follows_from_what_is_left_and_from_the_clock() -> None:
    assert after(1, 0.1) == ("open", 4, 47)
    assert after(1, 46.9) == ("open", 4, 47)
    assert after(1, 47) == ("closing", 4, 48)
    assert after(5, 0.1) == ("spent", 0, 48)
    assert after(0, 48) == ("closed", 0, 0)
    assert after(0, 0.1, can_send=False) == ("mute", 0, 0)


def test_a_window_of_a_minute_is_about_to_close_from_the_first() -> None:
    found = allowed(Ledger([window(MINUTE, Occasion.EVENT)]), NOW)
    assert found is not None and found.standing is Standing.CLOSING


def test_where_nobody_counts_nothing_is_shown() -> None:
    assert allowed(Ledger(), NOW) is None


def heard(house: House, channel: str = "wechat") -> ConversationId:
    received = house.hear("我要找人工", channel=channel)
    house.call_person(received.message_id)
    return ConversationId(received.conversation_id)


def opens(house: House, conversation_id: ConversationId) -> None:
    """Open a window for whoever wrote."""

    def write(uow: UnitOfWork) -> None:
        identity = writer(uow, conversation_id)
        opening = Opening(identity.external_id, Occasion.MESSAGE, house.clock(), TWO_DAYS)
        allowances.open_window(uow, identity, opening, house.clock())

    house.database.perform(write)


def spends(house: House, conversation_id: ConversationId, times: int) -> None:
    """Count calls against the window."""

    def write(uow: UnitOfWork) -> None:
        identity = writer(uow, conversation_id)
        for _ in range(times):
            allowances.begin_call(uow, identity.id, house.clock())
            allowances.settle_call(uow, identity.id, house.clock() + timedelta(seconds=1))

    house.database.perform(write)


def writer(uow: UnitOfWork, conversation_id: ConversationId) -> Identity:
    conversation = uow.conversations.get(conversation_id)
    assert conversation is not None
    identity = uow.customers.identity(conversation.identity_id, lock=True)
    assert identity is not None
    return identity


async def seen(house: House, enter: Enter, conversation_id: ConversationId) -> str:
    browser = await enter("lina")
    status, piece = await browser.open(
        f"/desk/conversations/{conversation_id}/state", headers={"Accept-Language": "en"}
    )
    assert status == 200
    assert (await browser.open(f"/desk/conversations/{conversation_id}"))[0] == 200
    return piece.partition('id="allowance"')[2]


async def test_an_agent_reads_what_is_left_and_is_warned_before_the_window_closes(house: House, enter: Enter) -> None:
    house.hire("lina")
    id_ = heard(house)
    opens(house, id_)
    spends(house, id_, 1)
    first = await seen(house, enter, id_)
    assert "4 of 5 messages are left." in first and "closes soon" not in first
    house.clock.pass_(hours=47, minutes=30)
    late = await seen(house, enter, id_)
    assert "The window closes soon." in late and "4 of 5 messages are left." in late
    house.clock.pass_(hours=1)
    closed = await seen(house, enter, id_)
    assert "The window is closed." in closed and "waits for the customer" in closed


async def test_an_agent_reads_that_none_is_left(house: House, enter: Enter) -> None:
    house.hire("lina")
    id_ = heard(house)
    opens(house, id_)
    spends(house, id_, 5)
    assert "No message is left." in await seen(house, enter, id_)


@pytest.mark.parametrize("channel", ["web", "telegram"])
async def test_where_nobody_counts_an_agent_reads_nothing_of_it(house: House, enter: Enter, channel: str) -> None:
    house.hire("lina")
    assert await seen(house, enter, heard(house, channel)) == ""
