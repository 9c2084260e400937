"""Filters and tags of the pages: won, Korean dates, sentences, badges, fields, bars."""
