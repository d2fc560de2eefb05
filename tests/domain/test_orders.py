import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.orders import find_order_number


@pytest.mark.parametrize("text", ["订单TJ1024到哪了", "tj1024", "TJ 1024?", "order tj-1024, please", "TJ#1024"])
def test_an_order_number_is_found_however_it_is_written(text: str) -> None:
    assert find_order_number(text) == "TJ1024"


@pytest.mark.parametrize("text", ["1024", "TJ", "TJ12", "XTJ1024", "", "' OR 1=1 --"])
def test_what_is_no_order_number_is_not_taken_for_one(text: str) -> None:
    assert find_order_number(text) is None


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    found = find_order_number(text)
    assert found is None or found.startswith("TJ")
