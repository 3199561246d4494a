"""Measures the bot against a bare one, in the same run, as ratios."""
