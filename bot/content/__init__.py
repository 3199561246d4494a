"""Question sets as files: their schema, and the loader that checks them."""
