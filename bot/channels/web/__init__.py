"""The web channel: a chat page of our own.

Oddities: the "platform" is us. A visitor is known by a signed token that their browser keeps. Nothing is
brought anywhere: a message that is marked as sent is there for the visitor's event stream, which shows it once (its id is the
event id), now or on the next visit. So nothing here is ever ambiguous.

Event streams: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""
