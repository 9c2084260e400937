"""The rooms of the programme, with the same furniture: models, actions, queries, permissions."""
