"""The fake serves tests in other processes, too."""

import subprocess
import sys

import aiohttp

from tests.channels.wechat.fake.tencent import APP_ID, APP_SECRET


async def test_the_fake_runs_by_itself_and_does_what_it_is_told() -> None:
    fake = subprocess.Popen([sys.executable, "-m", "tests.channels.wechat.fake"], stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220
    try:
        assert fake.stdout is not None
        url = fake.stdout.readline().strip()
        async with aiohttp.ClientSession(url) as session:
            asked = {"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET}
            async with session.post("/cgi-bin/stable_token", json=asked) as answer:
                token = (await answer.json())["access_token"]
            message = {"touser": "o1", "msgtype": "text", "text": {"content": "hi"}}
            codes = []
            for deed, body in (
                (None, {}),
                ("wrote", {"openid": "o1"}),
                ("troubles", {"body": {"errcode": -1}}),
                ("invalidate", {}),
            ):
                if deed is not None:
                    assert (await session.post(f"/control/{deed}", json=body)).status == 200
                async with session.post(
                    "/cgi-bin/message/custom/send", params={"access_token": token}, json=message
                ) as said:
                    codes.append((await said.json())["errcode"])
            assert codes == [45015, 0, -1, 40001]
            record = await (await session.get("/control/record")).json()
            assert [taken["text"] for taken in record["taken"]] == ["hi"]
    finally:
        fake.kill()
        fake.wait()
