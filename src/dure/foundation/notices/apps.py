from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "dure.foundation.notices"
