"""Answer one turn with Rasa as a library: supervisor → workers (app) → agent → processor, actions, tracker_store.

With ``actions/`` this is the only place that imports rasa or rasa_sdk. Everything here serves loopback only.
"""
