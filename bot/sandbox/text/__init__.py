"""Formatted text: from HTML to entities and back, counted in UTF-16 units."""
