import pytest

from bot.domain.users import Role
from tests.desk import story
from tests.desk.conftest import Enter
from tests.desk.house import House


def all_preferences(house: House):  # type: ignore[no-untyped-def]
    page = house.look(lambda uow: uow.preferences.page(state=None, kind=None, words=None, cursor=None, limit=50))
    return {one.object: one for one in page.items}


async def test_a_marketer_filters_approves_and_rejects_with_the_quote_in_sight(house: House, enter: Enter) -> None:
    main = story.tell(house)
    browser = await enter("mira")
    _, page = await browser.open("/desk/preferences?state=heard")
    plastic = all_preferences(house)["塑料"]
    assert "不要塑料的" in page and "我就爱这种素色的陶瓷" not in page
    assert f"/desk/conversations/{main}?at={plastic.message_id}#m{plastic.message_id}" in page
    status, body = await browser.post(f"/desk/preferences/{plastic.id}/approve")
    assert (status, body["state"]) == (200, "approved")
    answer = await browser.client.post(
        f"/desk/preferences/{plastic.id}/reject", data={"csrf": browser.csrf, "next": "/desk/preferences?state=heard"},
        allow_redirects=False,
    )  # fmt: skip
    assert (answer.status, answer.headers["Location"]) == (303, "/desk/preferences?state=heard")
    noted = [one.action for one in house.look(lambda uow: uow.audit.of_subject(f"preference:{plastic.id}"))]
    assert noted == ["preference.approved", "preference.rejected"]


async def test_whose_it_is_how_strong_until_when_and_that_it_is_sensitive_is_seen(house: House, enter: Enter) -> None:
    story.tell(house)
    _, page = await (await enter("mira")).open("/desk/preferences?kind=dietary")
    for word in ("牛奶", "我女儿的", "过敏", "强烈", "今年", "敏感"):
        assert word in page


async def test_what_is_wanted_stands_with_the_complaint(house: House, enter: Enter) -> None:
    story.tell(house)
    _, page = await (await enter("admin")).open("/desk/complaints")
    assert "退款 · 道歉" in page


@pytest.mark.parametrize("words", ["%25", "_", "%5C", "%22*", "NEAR", "(a%2B)%2B$"])
async def test_words_are_looked_for_as_they_are(house: House, enter: Enter, words: str) -> None:
    story.tell(house)
    browser = await enter("mira")
    status, page = await browser.open(f"/desk/preferences?words={words}")
    assert status == 200 and "塑料" not in page
    assert "不要塑料的" in (await browser.open("/desk/preferences?words=塑料"))[1]


@pytest.mark.parametrize(
    "query", ["words=" + "x" * 1_000, "words=%00", "state=mine", "cursor=x", "limit=-1", "limit=999"]
)
async def test_a_filter_out_of_bounds_is_refused(house: House, enter: Enter, query: str) -> None:
    house.hire("mira", Role.MARKETER)
    browser = await enter("mira")
    assert (await browser.open(f"/desk/preferences?{query}"))[0] == 400


async def test_every_page_speaks_every_language(house: House, enter: Enter) -> None:
    main = story.tell(house)
    browser = await enter("admin")
    customer = house.look(lambda uow: uow.conversations.get(main)).customer_id
    paths = (
        "",
        "?tab=all",
        f"conversations/{main}",
        f"customers/{customer}",
        "complaints",
        "preferences",
        "users",
        "audit",
    )
    for language in ("zh-Hans", "zh-Hant", "en"):
        for path in paths:
            status, page = await browser.open(f"/desk/{path}", headers={"Accept-Language": language})
            assert status == 200 and f'lang="{language}"' in page, (language, path)
