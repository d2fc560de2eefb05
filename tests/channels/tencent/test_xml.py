"""Fields are read from whatever Tencent sends, and nothing else is suffered, however it is built."""

import json
import time
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wechatpy import parse_message

from bot.channels.tencent.xml import Fields, allowed, json_fields, read_fields, write_fields
from bot.errors import UnreadablePayload
from tests.channels.tencent.shared import samples, vectors

TEXT = b"<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[%s]]></Content><MsgId>1</MsgId></xml>"
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(10))
HOSTILE = {
    "a local file": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Content>&f;</Content></xml>',
    "an external DTD": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><xml><Content>a</Content></xml>',
    "a parameter entity": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><xml><Content>a</Content></xml>',
    "billion laughs": b'<!DOCTYPE x [<!ENTITY l0 "ha">' + LAUGHS + b"]><xml><Content>&l9;</Content></xml>",
    "quadratic blowup": b'<!DOCTYPE x [<!ENTITY a "'
    + b"a" * 50_000
    + b'">]><xml><C>'
    + b"&a;" * 40_000
    + b"</C></xml>",
    "an empty document type": b"<!DOCTYPE xml><xml><Content>a</Content></xml>",
    "an unknown entity": b"<xml><Content>&nbsp;</Content></xml>",
    "20,000 levels": b"<xml>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</xml>",
    "20,000 elements": b"<xml>" + b"".join(b"<a%d/>" % n for n in range(20_000)) + b"</xml>",
    "more than a push ever holds": TEXT % (b"a" * 300_000),
    "nothing": b"",
    "only space": b" \n ",
    "not XML": b"hello",
    "JSON": b'{"MsgType": "text"}',
    "cut off": (TEXT % b"hello")[:-9],
    "two roots": TEXT % b"a" + TEXT % b"b",
    "words after the root": TEXT % b"a" + b"!",
    "another root": b"<html><Content>a</Content></html>",
    "no fields": b"<xml>hello</xml>",
    "an empty root": b"<xml/>",
    "a leaf twice": b"<xml><Content>a</Content><Content>b</Content></xml>",
    "an empty leaf twice": b"<xml><Content/><Content>b</Content></xml>",
    "a leaf and a group of one name": b"<xml><A>a</A><A><B>b</B></A></xml>",
    "text beside elements": b"<xml>hello<Content>a</Content></xml>",
    "UTF-16": (TEXT % b"a").decode().encode("utf-16"),
    "GBK": (TEXT % "你好".encode("gbk")),
    "crossed elements": b"<xml><A><B></A></B></xml>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_plain_document_is_refused_at_once(body: bytes) -> None:
    took = []
    for _ in range(3):  # the quickest counts: a machine under test may have been elsewhere
        began = time.perf_counter()
        with pytest.raises(UnreadablePayload) as refusal:
            read_fields(body)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.1  # 10 ms on a quiet machine
    assert "hello" not in str(refusal.value)


def test_a_text_is_read_as_it_was_typed() -> None:
    assert read_fields(TEXT % " 你好 &amp; <b>\n".encode()) == {
        "MsgType": "text", "Content": " 你好 &amp; <b>\n", "MsgId": "1"
    }  # fmt: skip


def test_what_xml_forbids_but_customers_type_does_not_lose_their_message() -> None:
    assert read_fields(TEXT % b"a\x08b\x00c\x1b")["Content"] == "a\ufffdb\ufffdc\ufffd"
    assert read_fields(TEXT % "\uffff😀\t".encode())["Content"] == "\ufffd😀\t"


def test_cdata_that_was_split_around_its_own_end_is_one_text() -> None:
    assert read_fields(TEXT % b"a]]]]><![CDATA[>b")["Content"] == "a]]>b"
    assert read_fields(b"<xml><A>x<!-- y --><![CDATA[z]]>w</A></xml>") == {"A": "xzw"}


def test_groups_are_nested_and_a_repeated_group_is_a_list() -> None:
    found = read_fields(b"<xml><List><item><A>1</A></item><item><A>2</A></item></List><Key></Key></xml>")
    assert found == {"List": {"item": [{"A": "1"}, {"A": "2"}]}, "Key": ""}


def test_a_declaration_and_a_byte_order_mark_change_nothing() -> None:
    for before in (
        b'<?xml version="1.0" encoding="UTF-8"?>\n',
        b"\xef\xbb\xbf",
        b"<?xml version='1.0' encoding='gbk'?>",
    ):
        assert read_fields(before + TEXT % "你".encode())["Content"] == "你"


def test_limits_are_ours_to_choose() -> None:
    body = b"<xml><A><B><C>1</C></B></A></xml>"
    assert read_fields(body, most_bytes=len(body), most_depth=4, most_elements=4) == {"A": {"B": {"C": "1"}}}
    for limit in ({"most_bytes": len(body) - 1}, {"most_depth": 3}, {"most_elements": 3}):
        with pytest.raises(UnreadablePayload):
            read_fields(body, **limit)


def test_every_sample_is_read_as_a_second_parser_reads_it() -> None:
    for sample in samples():
        found = read_fields(sample["xml"].encode())
        for leaf in ET.fromstring(sample["xml"]):  # trusted: the samples lie beside the project
            if not len(leaf):
                assert found[leaf.tag] == (leaf.text or ""), sample["origin"]


def test_json_gives_the_fields_that_xml_gives() -> None:
    body = {"MsgType": "text", "Content": "a\x08b\ud83d", "MsgId": 2**63, "X": 23.5, "Flag": True, "No": None,
            "Group": {"Item": [{"A": 1}, {"A": 2}]}}  # fmt: skip
    assert json_fields(json.dumps(body).encode()) == {
        "MsgType": "text", "Content": "a\ufffdb\ufffd", "MsgId": str(2**63), "X": "23.5", "Flag": "true", "No": "",
        "Group": {"Item": [{"A": "1"}, {"A": "2"}]},
    }  # fmt: skip
    assert json_fields(vectors()["aes_in"]["plaintext"].encode())["CreateTime"] == "1714112445"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b'{"a": NaN}', b'{"a": 1e999}', b'{"a": 1, "a": 2}', b'{"a": "\xff"}', b"{oops",
     b'{"a":' * 20_000 + b"1" + b"}" * 20_000, b'{"a":' * 20 + b"1" + b"}" * 20, b'{"a": [' + b"1," * 2_000 + b"1]}",
     b'{"a": "' + b"a" * 300_000 + b'"}', b'{"a": ' + b"9" * 5_000 + b"}"],
)  # fmt: skip
def test_json_beyond_measure_or_rule_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadablePayload):
        json_fields(body)


def test_what_is_written_is_read_by_another_library() -> None:
    said = "好]]>好 ]]]]>> <b>&amp;</b>"
    written = write_fields(
        {"ToUserName": "o1", "FromUserName": "gh_1", "CreateTime": 1777885200, "MsgType": "text", "Content": said}
    )
    assert b"<CreateTime>1777885200</CreateTime>" in written
    assert parse_message(written.decode().replace("</xml>", "<MsgId>1</MsgId></xml>")).content == said


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,12}", fullmatch=True)
TEXTS = st.text(max_size=60).map(lambda text: text.replace("\r", "\n")) | st.sampled_from(["]]>", "]]", "<![CDATA["])
GROUPS = st.recursive(
    st.dictionaries(NAMES, TEXTS, min_size=1, max_size=4),
    lambda inner: st.dictionaries(
        NAMES, TEXTS | inner | st.lists(inner, min_size=2, max_size=3), min_size=1, max_size=3
    ),
    max_leaves=8,
)


def cleaned(field: Any) -> Any:
    if isinstance(field, str):
        return allowed(field)
    return [cleaned(one) for one in field] if isinstance(field, list) else {n: cleaned(v) for n, v in field.items()}


@pytest.mark.property
@settings(deadline=None)
@given(GROUPS)
def test_whatever_is_written_comes_back(fields: Fields) -> None:
    assert read_fields(write_fields(fields), most_elements=10_000) == cleaned(fields)
    assert json_fields(json.dumps(fields).encode(), most_elements=10_000) == cleaned(fields)


@pytest.mark.property
@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, 100), st.integers(0, 100))
def test_any_bytes_give_fields_or_a_refusal(noise: bytes, start: int, end: int) -> None:
    whole = TEXT % b"hello"
    for body in (noise, whole[:start] + noise + whole[end:]):
        for read in (read_fields, json_fields):
            try:
                read(body)
            except UnreadablePayload:
                continue
