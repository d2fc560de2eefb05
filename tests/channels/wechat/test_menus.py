"""A menu is checked before WeChat sees it, and every mistake is named with its place."""

import re
from pathlib import Path

import pytest

from bot.channels.wechat import menus
from bot.errors import BadSetting

WHOLE = """
button:
  - {name: 人工客服, type: click, key: human}
  - name: 店铺
    sub_button:
      - {name: 官网, type: view, url: "https://example.com"}
      - {name: 小程序, type: miniprogram, url: "https://example.com", appid: wx1, pagepath: pages/a}
      - {name: 图片, type: media_id, media_id: m1}
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(BadSetting) as refusal:
        menus.parse(text.encode())
    return [line.strip() for line in str(refusal.value).splitlines()[1:]]


def test_a_menu_goes_as_it_was_written() -> None:
    menu = menus.parse(WHOLE.encode())
    assert [button["name"] for button in menu["button"]] == ["人工客服", "店铺"]
    assert menu["button"][1]["sub_button"][0] == {"name": "官网", "type": "view", "url": "https://example.com"}


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[]", "the file: must hold a list named button"),
        ("button: []", "button: must be a list of 1 to 3"),
        ("button: [1]", "button 1: must have a name"),
        ("button: [{name: a, type: click, key: k}]\nmenu: 1", "the file: must hold"),
        ("button: [{name: a, type: press, key: k}]", "button 1: type must be one of click"),
        ("button: [{name: a, key: k}]", "button 1: type must be one of click"),
        ("button: [{name: 五个汉字呀哦, type: click, key: k}]", "button 1: name has 18 bytes, at most 16"),
        ("button: [{name: '  ', type: click, key: k}]", "button 1: name is missing"),
        ("button: [{name: a, type: click}]", "button 1: key is missing"),
        ("button: [{name: a, type: click, key: 5}]", "button 1: key is missing, or is no text"),
        (f"button: [{{name: a, type: click, key: {'k' * 129}}}]", "button 1: key has 129 bytes, at most 128"),
        ("button: [{name: a, type: view, url: example.com}]", "button 1: url must begin with https://"),
        ("button: [{name: a, type: click, key: k, url: 'https://e.com'}]", "button 1: a button of type click has no url"),
        ("button: [{name: a, type: click, sub_button: [{name: b, type: click, key: k}]}]",
         "button 1: a button with a sub_button has no type"),
        ("button: [{name: a, sub_button: [{name: b, sub_button: []}]}]", "button 1, sub_button 1: type must be"),
        (f"button: [{{name: a, sub_button: [{{name: {'b' * 61}, type: click, key: k}}]}}]",
         "button 1, sub_button 1: name has 61 bytes, at most 60"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(text: str, mistake: str) -> None:
    (found,) = mistakes(text)
    assert found.startswith(mistake)


def test_all_mistakes_are_named_together() -> None:
    four = "\n".join(f"  - {{name: n{number}, type: click, key: k}}" for number in range(4))
    six = "\n".join(f"      - {{name: n{number}, type: click, key: k}}" for number in range(6))
    assert mistakes(f"button:\n{four}") == ["button: must be a list of 1 to 3 buttons"]
    assert mistakes(f"button:\n  - name: a\n    sub_button:\n{six}\n  - {{type: click}}") == [
        "button 1, sub_button: must be a list of 1 to 5 buttons",
        "button 2: name is missing, or is no text",
        "button 2: key is missing, or is no text",
    ]


@pytest.mark.parametrize("written", [b"button: [", b"a: 1\na: 2", b"!!python/object:os.system x", b"a: \xff"])
def test_what_is_no_yaml_is_refused_in_one_line(written: bytes) -> None:
    with pytest.raises(BadSetting, match="not valid YAML") as refusal:
        menus.parse(written)
    assert "\n" not in str(refusal.value)


def test_the_menu_of_the_manual_can_be_pushed() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "wechat.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    assert len(menus.parse(example.encode())["button"]) == 3
