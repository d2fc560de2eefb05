"""Read the words of Taiwan and Hong Kong as those of the mainland, where the same thing has another name.

Characters are another matter (see ``normal_form``): these differ in the word. One model then learns from all of them.
"""

import re
from typing import Final

_MEANINGS: Final = {
    # Cantonese as it is typed, in simplified characters
    "唔该": "麻烦", "钟意": "喜欢", "点解": "为什么", "点样": "怎么", "几时": "什么时候", "边度": "哪里", "边个": "谁", "边间": "哪家",
    "而家": "现在", "系咪": "是不是", "系唔系": "是不是", "有冇": "有没有", "得唔得": "行不行", "可唔可以": "可不可以", "冇": "没有",
    "嘅": "的", "喺": "在", "唔": "不", "咗": "了", "佢": "他", "哋": "们", "乜嘢": "什么", "乜": "什么", "咩": "什么", "俾": "给",
    "畀": "给", "搵": "找", "睇": "看", "嘢": "东西", "攞": "拿", "咁": "这么", "嚟": "来", "谂": "想", "啲": "些", "倾": "谈",
    "嗰": "那", "呢度": "这里", "琴日": "昨天", "听日": "明天", "寻日": "昨天", "今日": "今天",
    # Taiwan
    "宅配": "快递", "货运": "快递", "超商": "便利店", "信用卡刷": "信用卡付", "刷退": "退款", "统编": "税号", "统一编号": "税号",
    "客诉": "投诉", "瑕疵品": "次品", "鉴赏期": "退货期", "折价券": "优惠券", "折扣码": "优惠码", "免运": "包邮",
    "网路": "网络", "软体": "软件", "萤幕": "屏幕", "影片": "视频", "简讯": "短信", "帐号": "账号", "帐户": "账户", "登入": "登录",
    "品质": "质量", "门市": "门店", "讯息": "消息", "资讯": "信息", "个资": "个人信息", "行动支付": "手机支付",
    "母汤": "不行", "超扯": "离谱", "傻眼": "无语",
}  # fmt: skip
_REGIONAL: Final = re.compile("|".join(sorted(map(re.escape, _MEANINGS), key=len, reverse=True)))


def in_common_words(han: str) -> str:
    """Replace regional words in simplified Chinese by common ones; the longest that fits goes first."""
    return _REGIONAL.sub(lambda word: _MEANINGS[word[0]], han)
