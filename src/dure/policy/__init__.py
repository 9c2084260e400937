"""Reads the dated rules in `policy/` and decides by them, with a trace.

Holds no amount, share, limit, deadline or threshold itself: those are data.
"""
