"""Takes orders over HTTP, keeps them in PostgreSQL, and answers repeated reads from Redis."""
