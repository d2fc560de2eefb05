"""Give bundles to WeChat: in reply to a push, or by a call of the customer-service API."""

from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.outgoing import Form
from bot.channels.wechat.passive import Slots
from bot.domain.ids import IdentityId
from bot.domain.reply_plan import Bundle
from bot.errors import NotTaken, Undeliverable
from bot.services import pushes
from bot.store.unit_of_work import Database


class Giver:
    """Know both ways, and who is called when somebody wants a person: ``calls_agents``, Tencent's own."""

    def __init__(self, api: WechatApi, slots: Slots, form: Form, database: Database, *, calls_agents: bool) -> None:
        self._api, self._slots, self._form, self._database = api, slots, form, database
        self._calls_agents = calls_agents

    async def must_transfer(self, identity_id: IdentityId) -> bool:
        """Say whether a push of this customer is to be passed on to Tencent's agents, who come to nobody unasked."""
        return self._calls_agents and await self._database.read(pushes.waits_for_person, identity_id)

    async def give(self, bundle: Bundle) -> None:
        """Give a bundle away; raises what ``Planned.give`` may raise."""
        to = bundle.to
        if bundle.slot is not None:
            if await self.must_transfer(to.identity_id):
                self._slots.decline(to.identity_id, bundle.slot)
                raise NotTaken("the push is passed on to Tencent's agents")
            await self._slots.give(to.identity_id, bundle.slot, bundle.text)
        elif bundle.attachment is not None:
            await self._give_file(bundle)
        elif bundle.menu is not None and (lines := self._form.lines(bundle.menu)) is not None:
            await self._api.send_menu(to.external_id, bundle.menu.head, lines)
        else:
            await self._api.send_text(to.external_id, bundle.text)

    async def _give_file(self, bundle: Bundle) -> None:
        if bundle.attachment is None or not bundle.content:
            raise Undeliverable("the file is empty")
        kind, media_id = await self._api.upload(bundle.attachment.media_type, bundle.content)
        await self._api.send_media(bundle.to.external_id, kind, media_id)
