"""Every sentence that the bot says, as HTML for Telegram, in the language of the current user."""
