"""Interview Coach: a Telegram bot that prepares people for customer-support interviews."""
