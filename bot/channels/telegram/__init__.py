"""The Telegram channel: a bot that customers write to, by long polling or by webhook.

Oddities: a webhook is called over several connections at once, so updates overtake each other; update ids rise, but start
anew at random after a week of silence, so they are known one by one and never as "lower than the last". An edit is an update of its own
and may come before what it edits. Every press on a button must be answered, or the customer's app spins for a minute. There is no
idempotency key: a send whose outcome is unknown may have arrived. Webhook and polling exclude each other. Limits are counted in
UTF-16 units (texts) and in bytes (button data). The token is part of every address of the API: no address may ever be logged.

https://core.telegram.org/bots/api · https://core.telegram.org/bots/webhooks · https://core.telegram.org/bots/faq
"""
