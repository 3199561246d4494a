"""Use cases: each does one thing for one user, inside the caller's transaction."""
