"""Play a platform that keeps the files of its customers and takes files from the desk, without a network."""

from aiohttp import web

from bot.domain.attachments import Attachment
from bot.domain.messages import Address, Outgoing
from bot.errors import TryLater, Undeliverable


class Platform:
    """Be called Telegram; what is asked of ``files`` under an unknown reference is gone, ``busy`` ones come later."""

    name = "telegram"
    takes_files = True
    at_once = 1

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.busy: set[str] = set()
        self.asked: list[str] = []

    def add_routes(self, app: web.Application) -> None:
        """Add none: nobody calls."""

    async def show_typing(self, to: Address, on: bool) -> None:
        """Show nothing."""

    def parts(self, outgoing: Outgoing) -> int:
        return 1

    async def ready_for(self, to: Address) -> None:
        """Have no limits."""

    async def send(self, outgoing: Outgoing) -> str | None:
        return f"sent-{outgoing.message_id}"

    async def fetch(self, attachment: Attachment) -> bytes:
        reference = attachment.file_ref or ""
        self.asked.append(reference)
        if reference in self.busy:
            raise TryLater("busy")
        if reference not in self.files:
            raise Undeliverable("file is gone")
        return self.files[reference]


class Mute(Platform):
    """Be a platform to which no file can be sent, and that keeps none."""

    name = "mute"
    takes_files = False
