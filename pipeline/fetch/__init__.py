"""Takes documents from the addresses of a list, and nothing else: what is in them it does not know."""

from pipeline.fetch.client import Client, Limits
from pipeline.fetch.failures import FailureCode, FetchError
from pipeline.fetch.memory import Memory
from pipeline.fetch.network import Gate, anywhere
from pipeline.fetch.run import Fetcher, Outcome, Status
from pipeline.fetch.sources import Listed, SourcesError, load_sources

__all__ = [
    "Client",
    "FailureCode",
    "FetchError",
    "Fetcher",
    "Gate",
    "Limits",
    "Listed",
    "Memory",
    "Outcome",
    "SourcesError",
    "Status",
    "anywhere",
    "load_sources",
]
