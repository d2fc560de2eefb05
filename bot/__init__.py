"""Tingjian: every customer heard, every promise kept.

The map of the house; imports point downwards only::

    actions   desk   front   brain        what the assistant does · people at work · the public process · Rasa
         ╲      ╲      │      ╱
          ╲      channels    ╱            the platforms: one folder each
           ╲        │       ╱
               services                   what can be done: one function, one transaction
                    │
                 store                    what is kept: the only importer of SQLAlchemy
                    │
                 domain                   what is true: standard library only
                    │
     errors · settings · words · logs     the ground everything stands on

Start reading at ``bot/services/messaging.py``: it tells the way of one message.
"""
