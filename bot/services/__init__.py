"""Say what can be done: plain functions, one function one transaction, given ``uow`` and ``now``.

Services never talk to the network: what has to be said is left pending in the outbox.
"""
