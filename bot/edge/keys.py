"""Name what an aiohttp app carries, typed."""

from aiohttp import web

from bot.clock import Clock
from bot.edge.feed import Feed
from bot.settings import Settings
from bot.store.unit_of_work import Database

SETTINGS = web.AppKey("settings", Settings)
DATABASE = web.AppKey("database", Database)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
FEED = web.AppKey("feed", Feed)
