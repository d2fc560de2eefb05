"""Measure the house against a stock Rasa bot, side by side; ``python -m tests.bench`` runs it.

The map: ``stock`` and ``ours`` start the two bots, ``served`` starts and weighs processes, ``customers`` are who writes to them,
``loads`` let customers write, ``contest`` holds the rounds in turn (A B A B …), ``figures`` counts, ``report`` prints and writes.
Nothing here is a test: a loaded machine must not fail the tests.
"""
