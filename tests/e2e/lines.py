"""Say what is said in the story, once in Chinese and once in English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Lines:
    """Be the words of one telling; ``object`` is what the customer likes, ``title`` the topic of the complaint."""

    language: str
    order: str
    complaint: str
    preference: str
    object: str
    reply: str
    thanks: str
    promise: str


ZH: Final = Lines(
    language="zh-Hans",
    order="我的订单到哪里了？",
    complaint="我要投诉，收到的马克杯裂了一道口子，发邮件也没人回。",
    preference="我喜欢浅烘的咖啡豆",
    object="浅烘的咖啡豆",
    reply="您好，我是 Anna。杯子的事很抱歉，今天就给您补发一只。",
    thanks="谢谢！那我的订单现在到哪里了？",
    promise="补发的杯子明天送到，单号稍后发给您。",
)
EN: Final = Lines(
    language="en",
    order="Where is my order?",
    complaint="I want to complain: the mug arrived broken and nobody answered my email.",
    preference="I prefer light roast coffee",
    object="light roast coffee",
    reply="Hello, this is Anna. I am sorry about the mug; a new one leaves today.",
    thanks="Thank you! Where is my order now?",
    promise="The new mug arrives tomorrow; the number follows.",
)
TELLINGS: Final = (ZH, EN)
