"""The WeCom channel (微信客服): customers write to a company's customer-service accounts from WeChat.

Oddities: a callback says only that there is something; the messages are pulled, account by account, with a cursor that nobody
but us keeps. A session has a state (0 new, 1 bot, 2 pool, 3 servicer, 4 ended): the API may speak in 0 and 1 only, may not
bring a session back from 2 or 3, and an ended one is opened by the customer alone. Success of a send is no delivery: that it
failed comes later, as an event. Five messages may follow a customer's message, within 48 hours; a greeting has a code of its
own, good for 20 seconds and one message. Messages that the API sent are not among those pulled; what servicers write in the
WeCom client is. The echo of the URL check is encrypted, unlike that of an Official Account. We name our messages ourselves
(``msgid``), by which WeCom can tell a repetition; what it does then is written nowhere.

https://developer.work.weixin.qq.com/document/path/94638 (overview) · https://developer.work.weixin.qq.com/document/path/94670 (messages) ·
https://developer.work.weixin.qq.com/document/path/94677 (sending) · https://developer.work.weixin.qq.com/document/path/94669 (sessions) ·
https://developer.work.weixin.qq.com/document/path/95122 (on events) · https://developer.work.weixin.qq.com/document/path/90930 (callbacks)
"""
