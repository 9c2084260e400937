"""Reasons to look again at data before a decision rests on them.

Each module looks for one kind of evidence and says what it saw in numbers; `verdict` says that
data look fabricated only where two independent kinds agree. People decide, never this code.
"""
