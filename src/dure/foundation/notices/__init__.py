"""Messages to people, in the app and by mail, sent after the transaction commits."""
