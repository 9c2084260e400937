from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "dure.programme.registry"
