from tests.desk.conftest import Enter
from tests.desk.house import House


async def test_an_agent_signs_in_sees_who_waits_claims_and_replies(house: House, enter: Enter) -> None:
    house.hire("lina", shown="Lina")
    heard = house.hear("我要找人工", name="王小明")
    house.call_person(heard.message_id)
    browser = await enter("lina")
    status, page = await browser.open("/desk/")
    assert status == 200 and "王小明" in page
    talk = f"/desk/conversations/{heard.conversation_id}"
    assert (await browser.post(f"{talk}/claim"))[0] == 200
    assert (await browser.post(f"{talk}/reply", {"text": "您好，我是 Lina", "key": "k1"}))[0] == 200
    status, page = await browser.open(talk)
    assert status == 200 and "您好，我是 Lina" in page
    for path in ("/desk/complaints", "/desk/list", f"{talk}/messages?after=0", f"{talk}/state", f"{talk}/profile"):
        assert (await browser.open(path))[0] == 200, path
