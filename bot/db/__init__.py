"""What the product remembers; the only place that builds SQL."""
