"""What changed from one plan to another: nodes and indicators matched one to one, and how they differ."""
