"""The command line `rkt`. What needs no flow imports neither Prefect nor pandas, so that it answers at once."""
