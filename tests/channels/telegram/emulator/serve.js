// Start the emulator on a port of loopback, and keep for an hour what nobody has fetched yet: node serve.js <port>
const { TelegramServer } = require('telegram-test-api/lib/telegramServer');

new TelegramServer({ host: '127.0.0.1', port: Number(process.argv[2]), storeTimeout: 3600 }).start();
