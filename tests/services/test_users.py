from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.users import Role, User
from bot.services import users
from bot.services.users import NotSignedIn, SignedIn
from bot.store.unit_of_work import Database

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
HASHED = users.hash_password(PASSWORD)


def hire(database: Database, name: str = "lina", role: Role = Role.AGENT) -> User:
    return database.perform(users.add_user, name, name.title(), role, HASHED, NOW)


def sign_in(database: Database, name: str, password: str, now: datetime = NOW) -> SignedIn | NotSignedIn:
    with database.reading() as uow:
        attempt = users.begin_sign_in(uow, name)
    return database.perform(users.finish_sign_in, attempt, users.matches(attempt, password), now)


def find(database: Database, token: str, now: datetime = NOW) -> SignedIn | NotSignedIn:
    with database.reading() as uow:
        return users.find_session(uow, token, now)


def actions(database: Database) -> list[str]:
    with database.reading() as uow:
        return [entry.action for entry in uow.audit.page(None, 200).items]


def test_the_right_password_opens_a_session_under_a_new_token_each_time(database: Database) -> None:
    hire(database)
    first, second = sign_in(database, "lina", PASSWORD), sign_in(database, " LINA ", PASSWORD)
    assert isinstance(first, SignedIn) and isinstance(second, SignedIn)
    assert first.token != second.token and first.session.csrf != second.session.csrf
    assert isinstance(find(database, first.token), SignedIn)


def test_only_a_hash_of_the_token_is_kept(database: Database) -> None:
    hire(database)
    found = sign_in(database, "lina", PASSWORD)
    assert isinstance(found, SignedIn)
    assert found.token not in (found.session.token_hash, found.session.csrf) and len(found.session.token_hash) == 64


def test_unknown_names_wrong_passwords_and_nul_bytes_all_get_the_same_no(database: Database) -> None:
    hire(database)
    for name, password in (
        ("lina", "wrong"), ("nobody", PASSWORD), ("li\0na", PASSWORD), ("lina", f"{PASSWORD}\0"), ("\ud800", "\ud800"), ("", ""),
    ):  # fmt: skip
        assert isinstance(sign_in(database, name, password), NotSignedIn), name


def test_an_unknown_name_is_compared_with_a_hash_as_costly_as_a_real_one(database: Database) -> None:
    hire(database)
    with database.reading() as uow:
        known, unknown = users.begin_sign_in(uow, "lina"), users.begin_sign_in(uow, "nobody")
    cost = [hashed.password_hash.split("$")[:4] for hashed in (known, unknown)]
    assert cost[0] == cost[1] and cost[0][1] == "argon2id"


def test_a_password_beyond_all_measure_is_refused_without_hashing() -> None:
    attempt = users.Attempt(None, HASHED)
    assert not users.matches(attempt, "x" * 1_000_000)
    with pytest.raises(users.BadUser):
        users.hash_password("x" * 1_025)


def test_five_wrong_passwords_lock_the_account_and_each_further_one_doubles_the_rest(database: Database) -> None:
    hire(database)
    for _ in range(users.FREE_TRIES):
        sign_in(database, "lina", "wrong")
    assert isinstance(sign_in(database, "lina", PASSWORD), NotSignedIn)
    after_rest = NOW + users.FIRST_REST + timedelta(seconds=1)
    assert isinstance(sign_in(database, "lina", "wrong again", after_rest), NotSignedIn)
    assert isinstance(sign_in(database, "lina", PASSWORD, after_rest + users.FIRST_REST), NotSignedIn)
    assert isinstance(sign_in(database, "lina", PASSWORD, after_rest + 2 * users.FIRST_REST), SignedIn)
    assert "user.locked_out" in actions(database)


def test_the_rest_never_grows_beyond_an_hour(database: Database) -> None:
    user = hire(database)
    now = NOW
    for _ in range(30):
        sign_in(database, "lina", "wrong", now)
        now += users.LONGEST_REST + timedelta(seconds=1)
    with database.reading() as uow:
        kept = uow.users.get(user.id)
    assert kept is not None and kept.locked_until is not None
    assert kept.locked_until <= now + users.LONGEST_REST


def test_a_burst_of_guesses_that_began_together_does_not_slip_past_the_lock(database: Database) -> None:
    hire(database)
    with database.reading() as uow:
        attempts = [users.begin_sign_in(uow, "lina") for _ in range(20)]
    for attempt in attempts[:-1]:
        database.perform(users.finish_sign_in, attempt, False, NOW)
    assert isinstance(database.perform(users.finish_sign_in, attempts[-1], True, NOW), NotSignedIn)


def test_a_password_changed_during_a_sign_in_defeats_it(database: Database) -> None:
    user = hire(database)
    with database.reading() as uow:
        attempt = users.begin_sign_in(uow, "lina")
    database.perform(users.change_password, user.id, users.hash_password("another password"), "system", NOW)
    assert isinstance(database.perform(users.finish_sign_in, attempt, True, NOW), NotSignedIn)


@pytest.mark.parametrize("end", ["role", "password", "deactivate", "sign out", "twelve hours"])
def test_what_ends_a_session_ends_it_for_good(database: Database, end: str) -> None:
    user = hire(database)
    found = sign_in(database, "lina", PASSWORD)
    assert isinstance(found, SignedIn)
    now = NOW
    if end == "role":
        database.perform(users.change_role, user.id, Role.MARKETER, "system", NOW)
    elif end == "password":
        database.perform(users.change_password, user.id, HASHED, "system", NOW)
    elif end == "deactivate":
        database.perform(users.deactivate, user.id, "system", NOW)
    elif end == "sign out":
        database.perform(users.sign_out, found.token, NOW)
    else:
        now += users.SESSION_LASTS
    assert isinstance(find(database, found.token, now), NotSignedIn)


def test_a_deactivated_user_cannot_sign_in_until_let_in_again(database: Database) -> None:
    user = hire(database)
    database.perform(users.deactivate, user.id, "system", NOW)
    assert isinstance(sign_in(database, "lina", PASSWORD), NotSignedIn)
    database.perform(users.activate, user.id, "system", NOW)
    assert isinstance(sign_in(database, "lina", PASSWORD), SignedIn)


def test_the_last_admin_stays(database: Database) -> None:
    admin = hire(database, "ada", Role.ADMIN)
    with pytest.raises(users.LastAdmin):
        database.perform(users.change_role, admin.id, Role.AGENT, "system", NOW)
    with pytest.raises(users.LastAdmin):
        database.perform(users.deactivate, admin.id, "system", NOW)
    hire(database, "bea", Role.ADMIN)
    assert not database.perform(users.deactivate, admin.id, "system", NOW).active


@pytest.mark.parametrize("name", ["", "a", "Ä", "two words", "x" * 33, "a\0b", "../x", "-dash"])
def test_a_name_that_cannot_be_a_sign_in_name_is_refused(database: Database, name: str) -> None:
    with pytest.raises(users.BadUser):
        hire(database, name)


def test_a_name_is_given_once(database: Database) -> None:
    hire(database)
    with pytest.raises(users.NameTaken):
        hire(database, "LINA")


def test_made_passwords_differ_and_are_long() -> None:
    made = {users.new_password() for _ in range(50)}
    assert len(made) == 50 and all(len(one) >= 20 for one in made)


def test_failures_role_changes_and_sign_ins_are_audited(database: Database) -> None:
    user = hire(database)
    sign_in(database, "lina", "wrong")
    sign_in(database, "nobody", "wrong")
    sign_in(database, "lina", PASSWORD)
    database.perform(users.change_role, user.id, Role.ADMIN, "system", NOW)
    assert actions(database).count("user.sign_in_failed") == 2
    assert {"user.added", "user.signed_in", "user.role_changed"} <= set(actions(database))
