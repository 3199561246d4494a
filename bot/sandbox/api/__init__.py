"""What the bot calls: the Bot API over HTTP, its checks and its methods."""
