from django.apps import AppConfig


class StreamsConfig(AppConfig):
    name = "dure.programme.streams"
