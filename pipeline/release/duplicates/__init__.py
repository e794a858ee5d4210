"""Documents that were delivered more than once: found over all documents of a release, never while one is read."""
