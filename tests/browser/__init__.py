"""The chat page of the sandbox in a real browser, with the real bot behind it."""
