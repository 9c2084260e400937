"""Who acts: plain data that travels from the request to the audit row."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role of an organisation, or the system itself.

    `user_id` and `organisation_id` are None only for the system (`SYSTEM`, seeding, jobs
    without a person behind them).
    """

    label: str
    role: str
    user_id: int | None = None
    organisation_id: int | None = None

    @property
    def own_organisation_id(self) -> int:
        """The organisation the actor belongs to; raises LookupError for an actor without one."""
        if self.organisation_id is None:
            message = f"actor '{self.role}' acts in no organisation"
            raise LookupError(message)
        return self.organisation_id


SYSTEM = Actor(label="시스템", role="system")
