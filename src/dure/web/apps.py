from django.apps import AppConfig

from dure.web.form_words import use_own_words


class WebConfig(AppConfig):
    name = "dure.web"

    def ready(self) -> None:
        from dure.web.account.events import listen

        listen()
        use_own_words()
