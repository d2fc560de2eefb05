"""Do what the assistant does: each action reads one turn, writes through ``bot.services`` and says something.

``base`` runs an action as one transaction, ``turn`` is the only place that knows Rasa's tracker, ``slots`` names the
working memory. The rest is one file per topic, named like its training data and its service.
"""
