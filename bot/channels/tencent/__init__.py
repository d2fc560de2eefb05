"""What WeChat (公众号) and WeCom customer service (微信客服) share: signatures, the encrypted envelope, XML, tokens, calls.

Oddities: padding is PKCS#7 with a block of 32 although AES has 16; the IV is the beginning of the key. Signatures sort
their parts, so they say nothing of which part is which. A push is XML, or JSON where the console was told so; whatever
customers type comes in it raw, characters that XML forbids included. An error comes under the status 200, as ``errcode``.

https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html ·
https://developer.work.weixin.qq.com/document/path/90968 ·
https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
"""
