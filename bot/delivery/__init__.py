"""Speaks first: whatever the bot sends of its own accord goes through here."""
