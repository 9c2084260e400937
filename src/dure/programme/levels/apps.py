from django.apps import AppConfig


class LevelsConfig(AppConfig):
    name = "dure.programme.levels"
