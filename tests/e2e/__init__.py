"""The bot as its users see it: over HTTP, through the sandbox."""
