"""How fast the bot speaks, what it does when Telegram is away, and how it writes down what became of it."""
