from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "dure.foundation.accounts"
