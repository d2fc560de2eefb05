"""Tencent's side of an Official Account, on loopback: the API that enforces its own rules, and customers who push."""
