"""Which documents of a release are compared, and their differences as rows of `perbandingan`."""
