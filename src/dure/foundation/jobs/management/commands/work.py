"""`manage.py work`: run queued jobs until told to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dure.foundation.jobs.worker import run_pending, run_worker


class Command(BaseCommand):
    help = "Run queued jobs until SIGTERM or SIGINT (--once: run what waits, then stop)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")

    def handle(self, *, once: bool, **_options: Any) -> None:  # noqa: ANN401 - Django's own options
        if once:
            self.stdout.write(f"{run_pending()}")
        else:
            run_worker()
