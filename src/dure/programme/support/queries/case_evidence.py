"""The measurement that a case rests on, open to reviewers through the case alone."""

from dataclasses import dataclass

from dure.programme.levels.queries import MeasurementView, get_measurement
from dure.programme.support.models import Application
from dure.programme.support.scope import organisation_of


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """A measurement as it stands, and whether it is still the one that was submitted.

    Attributes:
        organisation_id: whose data it is, for reading the series it names and no others.
        is_unchanged: the hash of its result equals the one frozen in the submission.
        series: ids of all series that its criteria and doubts rest on.
    """

    organisation_id: int
    measurement: MeasurementView
    is_unchanged: bool
    series: frozenset[str]


def find_case_evidence(application_id: int) -> CaseEvidence | None:
    """What the latest submission of a case rests on; None where no level was measured.

    Raises:
        Application.DoesNotExist: none, or never submitted.
    """
    application = (
        Application.objects.select_related("workplace__firm")
        .exclude(submitted_at=None)
        .get(pk=application_id)
    )
    submission = application.submissions.latest("version")
    if submission.measurement_id is None:
        return None
    organisation_id = organisation_of(application)
    found = get_measurement(organisation_id, application.workplace_id, submission.measurement_id)
    frozen = submission.content["measurement"]
    return CaseEvidence(
        organisation_id=organisation_id,
        measurement=found,
        is_unchanged=frozen["result_sha256"] == found.result_sha256,
        series=_series_of(found),
    )


def _series_of(measurement: MeasurementView) -> frozenset[str]:
    result = measurement.result
    cells = (series for cell in result.cells for series in cell.series)
    doubts = (series for doubt in result.integrity for series in doubt.series)
    return frozenset((*cells, *doubts))
