"""People who sign in: an e-mail address and a password; TOTP and recovery codes by allauth."""
