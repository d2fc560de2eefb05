"""Know what the shop answers: entries are read once from ``data/faq`` and found again by what customers ask.

``entries`` reads and checks the files, ``terms`` cuts words, ``library`` finds. Nothing here knows Rasa or a customer.
"""
