"""Fill the demo shop: what it says about itself, and a few orders for every new customer, so that there is something to ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from bot.domain.ids import CustomerId, OrderId, new_id
from bot.domain.language import LANGUAGES, Language
from bot.domain.orders import Order, OrderState, ShopFact
from bot.store.unit_of_work import UnitOfWork

_FIRST_NUMBER: Final = 1001
_CURRENCY: Final = "CNY"

FACTS: Final[dict[str, tuple[str, str, str]]] = {
    "delivery": (
        "下单后 24 小时内发货，一般 2–4 天送到。满 99 元包邮，不满收 8 元运费；目前只送中国大陆和港澳台。",
        "下單後 24 小時內出貨，一般 2–4 天送達。滿 99 元免運，未滿收 8 元運費；目前只配送中國大陸和港澳台。",
        "We ship within 24 hours and it usually takes 2–4 days. Delivery is free from CNY 99, otherwise CNY 8; for now we deliver to mainland China,"
        " Hong Kong, Macau and Taiwan only.",
    ),
    "refund_return": (
        "签收后 7 天内、不影响再次销售的商品都可以退换；质量问题 30 天内都可以，运费我们出。收到退货后 3 个工作日内原路退款。",
        "收貨後 7 天內、不影響再次銷售的商品都可以退換；品質問題 30 天內都可以，運費由我們負擔。收到退貨後 3 個工作天內原路退款。",
        "You can return or exchange anything resaleable within 7 days of delivery, and faulty goods within 30 days at our cost. We refund the way "
        "you paid within 3 working days of getting the parcel back.",
    ),
    "invoice": (
        "每笔订单都可以开电子发票，个人或公司抬头都行，确认收货后 1 个工作日内发到您留的邮箱。",
        "每筆訂單都可以開電子發票，個人或公司抬頭都可以，確認收貨後 1 個工作天內寄到您留的信箱。",
        "We issue an electronic invoice for every order, to a person or a company. It is mailed within one working day after you have received the "
        "goods.",
    ),
    "payment": (
        "可以用微信支付、支付宝、银联卡和 Visa、Mastercard 付款，暂时不支持货到付款和分期。",
        "可以用微信支付、支付寶、銀聯卡和 Visa、Mastercard 付款，目前不支援貨到付款和分期。",
        "You can pay with WeChat Pay, Alipay, UnionPay, Visa and Mastercard. Cash on delivery and instalments are not available for now.",
    ),
    "store_hours": (
        "门店每天 10:00–21:00 营业，春节除夕到初二休息。网上随时可以下单，客服同事每天 9:00–22:00 在线（北京时间）。",
        "門市每天 10:00–21:00 營業，除夕到初二休息。網路上隨時可以下單，客服同事每天 9:00–22:00 在線（北京時間）。",
        "The shop is open daily 10:00–21:00, closed for three days at Chinese New Year. You can order online any time; our colleagues are online "
        "daily 9:00–22:00 (Beijing time).",
    ),
}
"""Topic (the name of the intent) → what the shop says, in the order of LANGUAGES."""


@dataclass(frozen=True)
class _Sample:
    items: tuple[str, str, str]
    amount: str
    state: OrderState
    placed: timedelta
    expected: timedelta | None = None
    delivered: timedelta | None = None


_SAMPLES: Final = (
    _Sample(("浅烘咖啡豆 250g × 2", "淺焙咖啡豆 250g × 2", "Light roast coffee beans 250 g × 2"), "136.00",
            OrderState.DELIVERED, timedelta(days=-9), delivered=timedelta(days=-6)),
    _Sample(("手冲壶 600ml × 1", "手沖壺 600ml × 1", "Pour-over kettle 600 ml × 1"), "189.00",
            OrderState.SHIPPED, timedelta(days=-2), expected=timedelta(days=1)),
    _Sample(("陶瓷马克杯 × 2", "陶瓷馬克杯 × 2", "Ceramic mug × 2"), "98.00", OrderState.PAID, timedelta(hours=-3)),
)  # fmt: skip


def seed(uow: UnitOfWork, now: datetime) -> None:
    """Let the shop say what it says about itself; running it again only brings the words up to date."""
    for topic, texts in FACTS.items():
        for language, text in zip(LANGUAGES, texts, strict=True):
            uow.shop.put_fact(ShopFact(topic, language, text))


def has_orders(uow: UnitOfWork, customer_id: CustomerId) -> bool:
    """Say whether a customer has orders already, without writing."""
    return bool(uow.shop.orders_of(customer_id))


def give_orders(uow: UnitOfWork, customer_id: CustomerId, now: datetime) -> int:
    """Give a customer without orders three plausible ones; return how many. Somebody forgotten gets none."""
    customer = uow.customers.get(customer_id)
    if customer is None or customer.forgotten_at is not None or has_orders(uow, customer_id):
        return 0
    number = _first_free_number(uow)
    for sample in _SAMPLES:
        while uow.shop.order_exists(f"TJ{number}"):
            number += 1
        uow.shop.add_order(_order(sample, number, customer_id, customer.language, now))
    return len(_SAMPLES)


def _order(sample: _Sample, number: int, customer_id: CustomerId, language: Language, now: datetime) -> Order:
    shipped = sample.state in (OrderState.SHIPPED, OrderState.DELIVERED)
    carrier = ("顺丰速运", "順豐速運", "SF Express")[LANGUAGES.index(language)]
    return Order(
        OrderId(new_id()), f"TJ{number}", customer_id, sample.state, sample.items[LANGUAGES.index(language)],
        Decimal(sample.amount), _CURRENCY, now + sample.placed,
        carrier=carrier if shipped else None,
        tracking_number=f"SF{number:012d}" if shipped else None,
        expected_at=now + sample.expected if sample.expected else None,
        delivered_at=now + sample.delivered if sample.delivered else None,
    )  # fmt: skip


def _first_free_number(uow: UnitOfWork) -> int:
    """Find a number near the end of those given out, in a few looks: double the step, then halve it."""
    step = 1
    while uow.shop.order_exists(f"TJ{_FIRST_NUMBER + step - 1}"):
        step *= 2
    low, high = step // 2, step
    while low < high:
        middle = (low + high) // 2
        if uow.shop.order_exists(f"TJ{_FIRST_NUMBER + middle - 1}"):
            low = middle + 1
        else:
            high = middle
    return _FIRST_NUMBER + max(0, low - 1)
