"""The way in: which files there are, what is known about each, and what is wrong with those that cannot be read."""

from pipeline.intake.find import find_documents
from pipeline.intake.found import Found, Intake
from pipeline.intake.inspect import inspect_file
from pipeline.intake.problems import Language, Problem, ProblemCode
from pipeline.intake.source import ReadSettings, Source

__all__ = [
    "Found",
    "Intake",
    "Language",
    "Problem",
    "ProblemCode",
    "ReadSettings",
    "Source",
    "find_documents",
    "inspect_file",
]
