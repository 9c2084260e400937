"""Firms, their workplaces, lines and equipment, and who works there."""
