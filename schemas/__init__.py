"""The data contract: `schemas.registry` holds it, and everything else here is generated from it.

Importing this package or the registry loads neither pandas nor pandera nor pyarrow.
"""
