from bot import demo
from bot.domain.orders import Order, ShopFact
from bot.services import orders
from bot.services.orders import NoFact, UnknownOrder
from bot.store.unit_of_work import Database
from tests import build


def test_every_new_customer_gets_orders_of_their_own_once(database: Database) -> None:
    numbers: list[str] = []
    for who in ("a", "b", "c", "d", "e"):
        build.receive(database, "hello there friend", who=who)
        customer_id = build.identity(database, who).customer_id
        assert database.perform(demo.give_orders, customer_id, build.NOW) == 3
        assert database.perform(demo.give_orders, customer_id, build.NOW) == 0
        with database.reading() as uow:
            numbers += [order.number for order in orders.orders_for(uow, customer_id)]
    assert sorted(numbers) == [f"TJ{number}" for number in range(1001, 1016)]


def test_an_order_is_found_by_its_owner_only(database: Database) -> None:
    build.receive(database, "你好", who="a")
    build.receive(database, "你好", who="b")
    mine, theirs = (build.identity(database, who).customer_id for who in "ab")
    database.perform(demo.give_orders, mine, build.NOW)
    with database.reading() as uow:
        assert isinstance(orders.find_order(uow, mine, "TJ1001"), Order)
        assert orders.find_order(uow, theirs, "TJ1001") == orders.find_order(uow, theirs, "TJ9") == UnknownOrder()


def test_the_shop_says_its_facts_in_every_language_and_nothing_else(database: Database) -> None:
    for _ in range(2):
        database.perform(demo.seed, build.NOW)
    with database.reading() as uow:
        for language in ("zh-Hans", "zh-Hant", "en"):
            assert isinstance(orders.shop_fact(uow, "delivery", language), ShopFact)
        assert orders.shop_fact(uow, "weather", "en") == NoFact()
