"""Deliver to a front, straight into the record, what a browser cannot send: photos, commands, words of a group."""

from dataclasses import replace

from bot.channels.web import payload
from bot.domain.customer import Identity
from bot.domain.messages import Message
from bot.edge.keys import DATABASE
from bot.services import messaging
from tests import build
from tests.build import NOW
from tests.front.conftest import Client
from tests.front.visitor import Visitor


class Platform:
    """Be a platform that knows one customer, who listens as a visitor of the web chat."""

    def __init__(self, client: Client, visitor: Visitor, *, is_group: bool = False) -> None:
        self.database, self._who, self._is_group = client.app[DATABASE], visitor.external_id, is_group

    async def deliver(self, text: str = "", kind: str = "text") -> None:
        """Have one message received."""
        incoming = replace(build.incoming(text, who=self._who), kind=kind, is_public=self._is_group)
        await self.database.write(messaging.receive, incoming, NOW)

    async def identity(self) -> Identity:
        """Return the customer as the platform knows them."""
        found = await self.database.read(lambda uow: uow.customers.known_as(payload.CHANNEL, None, self._who))
        assert found is not None
        return found

    async def messages(self) -> list[Message]:
        """Return everything written so far, in order."""
        identity = await self.identity()
        return await self.database.read(lambda uow: uow.messages.of_customer(identity.customer_id))
