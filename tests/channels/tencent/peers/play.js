// Seal and open what comes as JSON on standard input, with a library that we did not write.
const wecom = require('@wecom/crypto');
const WeChat = require('wechat-crypto');

const { peer, token, key, receiver, seal, open } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const wechat = new WeChat(token, key, receiver);
const with_ = {
  'wechat-crypto': {
    seal: (text) => wechat.encrypt(text),
    open: (sealed) => wechat.decrypt(sealed),
    sign: (...parts) => wechat.getSignature(...parts),
  },
  '@wecom/crypto': {
    seal: (text) => wecom.encrypt(key, text, receiver),
    open: (sealed) => wecom.decrypt(key, sealed),
    sign: (...parts) => wecom.getSignature(token, ...parts),
  },
}[peer];

process.stdout.write(JSON.stringify({
  sealed: seal.map(({ text, timestamp, nonce }) => {
    const encrypted = with_.seal(text);
    return { encrypted, signature: with_.sign(timestamp, nonce, encrypted) };
  }),
  opened: open.map(({ encrypted, timestamp, nonce }) => {
    const { message, id } = with_.open(encrypted);
    return { message, id, signature: with_.sign(timestamp, nonce, encrypted) };
  }),
}));
