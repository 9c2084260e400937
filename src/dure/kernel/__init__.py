"""Floor of everything: won, Korean dates, identifiers, code lists, and words for people.

Decides nothing about any programme; knows neither Django, nor the network, nor the clock.
"""
