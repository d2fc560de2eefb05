"""The WeChat channel: an Official Account (公众号) that customers write to.

Oddities: a push waits five seconds for its answer and comes three times; what is not said in the answer itself costs one of
five messages within 48 hours (three within a minute after an event), and calls beyond them are errors, not waits. Messages
have an id, events have none. Errors come under the status 200. The token lives two hours, is shared by all who use the account,
and calls are taken only from listed addresses. There is no idempotency key and no receipt: a send whose outcome is unknown may
have arrived. Texts are counted in bytes. A file is lent for three days.

https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_standard_messages.html ·
https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html ·
https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
"""
