"""What the database itself has to keep, on SQLite and on PostgreSQL."""
