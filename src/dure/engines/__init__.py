"""Pure computation on arrays, frames and frozen data: no Django, no network, no clock."""
