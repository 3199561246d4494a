"""Promises that must hold while processes die, clocks jump and Telegram is away."""
