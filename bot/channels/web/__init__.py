"""The web channel: a chat page of our own.

Oddities: the "platform" is us. A visitor is known by a signed token that their browser keeps. Sending means letting the
visitor's event stream show the message, so a message sent twice shows once (its id is the event id), and a visitor who is
away reads it on the next visit: nothing here is ever ambiguous.

Event streams: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""
