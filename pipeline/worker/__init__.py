"""Reads documents in processes of their own, and remembers what was read. Knows nothing of Prefect."""
