"""Answers of the finder that tests start from."""

from django.test import Client
from django.urls import reverse

UPGRADING = {
    "wants": "upgrade",
    "manufacturer": "yes",
    "ksic": "22",
    "province": "gyeonggi",
    "firm_size": "small",
    "system_level": "basic",
    "prior_support": "new_build",
    "workplace_built_before": "yes",
    "has_supplier": "yes",
    "standing": "none",
}


def answer(client: Client, **changes: object) -> None:
    """Answer the finder as a small plastics firm at basic level that wants an upgrade."""
    response = client.post(reverse("public:finder"), UPGRADING | changes)
    assert response.status_code == 302, response.content.decode()[:2000]
