"""Talks with Telegram: updates in, replies out."""
