"""Behaviour of the sandbox through real HTTP."""
