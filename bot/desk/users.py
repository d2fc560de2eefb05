"""Let an admin decide who works here. A password is made by us and shown exactly once, in the answer itself."""

from aiohttp import web

from bot.desk import auth, pages, reading
from bot.desk.hashing import HASHING
from bot.domain.ids import UserId
from bot.domain.users import Role, User
from bot.edge.keys import CLOCK, DATABASE
from bot.services import users
from bot.store.unit_of_work import UnitOfWork


async def show(request: web.Request) -> web.StreamResponse:
    """List everybody who can sign in."""
    return await _page(request)


async def add(request: web.Request) -> web.StreamResponse:
    """Let somebody new in, with a random password; fields that nobody asked for are ignored."""
    given = await reading.fields(request)
    role = reading.one_of(Role, reading.text(given, "role", "")) or Role.AGENT
    name, shown = reading.text(given, "name", ""), reading.text(given, "display_name", "")
    password = users.new_password()
    hashed = await request.app[HASHING].run(users.hash_password, password)
    user = await request.config_dict[DATABASE].write(
        users.add_user, name, shown, role, hashed, request.config_dict[CLOCK](), auth.user_of(request).id
    )
    return await _told(request, user, password, 201)


async def renew_password(request: web.Request) -> web.StreamResponse:
    """Give somebody a new random password; all their sessions end."""
    password = users.new_password()
    hashed = await request.app[HASHING].run(users.hash_password, password)
    user = await request.config_dict[DATABASE].write(
        users.change_password, _id(request), hashed, auth.user_of(request).id, request.config_dict[CLOCK]()
    )
    return await _told(request, user, password, 200)


async def change_role(request: web.Request) -> web.StreamResponse:
    """Give somebody another role; all their sessions end."""
    role = reading.one_of(Role, reading.text(await reading.fields(request), "role", ""))
    if role is None:
        raise reading.BadInput("This form cannot be read.", "bad_form")
    user = await request.config_dict[DATABASE].write(
        users.change_role, _id(request), role, auth.user_of(request).id, request.config_dict[CLOCK]()
    )
    return _done(request, user)


async def deactivate(request: web.Request) -> web.StreamResponse:
    """Shut somebody out at once."""
    user = await request.config_dict[DATABASE].write(
        users.deactivate, _id(request), auth.user_of(request).id, request.config_dict[CLOCK]()
    )
    return _done(request, user)


async def activate(request: web.Request) -> web.StreamResponse:
    """Let somebody in again."""
    user = await request.config_dict[DATABASE].write(
        users.activate, _id(request), auth.user_of(request).id, request.config_dict[CLOCK]()
    )
    return _done(request, user)


async def _told(request: web.Request, user: User, password: str, status: int) -> web.Response:
    if reading.wants_json(request):
        return web.json_response({"id": user.id, "name": user.name, "password": password}, status=status)
    return await _page(request, status, user, password)


def _done(request: web.Request, user: User) -> web.StreamResponse:
    if reading.wants_json(request):
        return web.json_response({"id": user.id, "role": user.role, "active": user.active})
    raise web.HTTPSeeOther("/desk/users")


async def _page(
    request: web.Request, status: int = 200, told: User | None = None, password: str | None = None
) -> web.Response:
    everybody = await request.config_dict[DATABASE].read(_everybody)
    return pages.render(
        request, "users.html", status, here="users", everybody=everybody, roles=list(Role), told=told, password=password
    )


def _everybody(uow: UnitOfWork) -> list[User]:
    return uow.users.all()


def _id(request: web.Request) -> UserId:
    return UserId(request.match_info["user_id"])
