"""Dure (두레): one chain from machine to public numbers."""
