"""Read traditional and frequent Cantonese characters as simplified Mandarin ones, one for one.

So one pattern finds all of them, and every place in the folded text is the same place in the written one.
"""

from typing import Final

_TRADITIONAL: Final = (
    "愛歡討厭習慣偏鍾慮個們來時說話對會沒還過為樣請問單貨發運遞訂錢買賣價質壞換開關東車門見現實點覺給讓認識誰謝聽寫讀書學試題難簡幫號碼帳"
    "戶務員經應該進遠近邊裡後幾從無爾氣熱煙飯館飲藥醫險傷圖網絡線級絕結續練組細終統總損報訴評論語誤談變辦動勞勢廠壓歷雙隨隱際陸陽陰項須預"
    "顧頻顏風飛馬驗罵魚雞麥黃齊龍嚴棄穿絲綠紅藍紫貓養鮮鹹燙涼濃純纖維膚敏過種類樂產電機訊簡訊郵件聯繫係擾優惠廣銷閱滿煩許愿願樓櫃驛號軟體與頭"
    "額匯寶卡簽裝環盒輕淺烘麵筆鐘週盡嘗嗎餵牠妳別說唔嘅畀搵哋傳唞絡興"
)
_SIMPLIFIED: Final = (
    "爱欢讨厌习惯偏钟虑个们来时说话对会没还过为样请问单货发运递订钱买卖价质坏换开关东车门见现实点觉给让认识谁谢听写读书学试题难简帮号码账"
    "户务员经应该进远近边里后几从无尔气热烟饭馆饮药医险伤图网络线级绝结续练组细终统总损报诉评论语误谈变办动劳势厂压历双随隐际陆阳阴项须预"
    "顾频颜风飞马验骂鱼鸡麦黄齐龙严弃穿丝绿红蓝紫猫养鲜咸烫凉浓纯纤维肤敏过种类乐产电机讯简讯邮件联系系扰优惠广销阅满烦许愿愿楼柜驿号软体与头"
    "额汇宝卡签装环盒轻浅烘面笔钟周尽尝吗喂它你别说不的给找们传歇络兴"
)
_FOLD: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def fold(text: str) -> str:
    """Return the text with frequent traditional characters simplified and curly quotes straight; same length."""
    return text.translate(_FOLD).replace("\u2019", "'")
