"""Show the whole record of one customer."""

from aiohttp import web

from bot.desk import pages
from bot.domain.ids import CustomerId
from bot.edge.keys import DATABASE
from bot.services import inbox


async def show(request: web.Request) -> web.StreamResponse:
    """Show everything we keep of a customer, each thing with a link to where it was said."""
    customer_id = CustomerId(request.match_info["customer_id"])
    record = await request.config_dict[DATABASE].read(inbox.read_record, customer_id)
    return pages.render(request, "customer.html", record=record, talk=None, whole=True)
