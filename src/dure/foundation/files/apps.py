from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "dure.foundation.files"
