"""Numbered PDF documents, made once, kept with their hash, verifiable by anyone."""
