"""중간2: an actuator that answers, a set-point that is followed, and who moved it."""

import numpy as np
import numpy.typing as npt
import pytest
from tests.engines.levels.making import cell, control_loop, measured
from tests.engines.sites import START, MadeSite, every, tables_of, walk

from dure.engines.levels.column_words import LoopName, Part, loop_name, words_of
from dure.engines.levels.findings import CellFinding, Status
from dure.engines.levels.loop_tests import explained_share
from dure.engines.levels.loops import find_loops


@pytest.mark.parametrize(
    ("name", "part", "subject"),
    [
        ("X_SetPosition", Part.SETPOINT, {"x", "position"}),
        ("X_ActualPosition", Part.PROCESS, {"x", "position"}),
        ("건조 1존 OP", Part.ACTUATOR, {"건조", "1", "존"}),
        ("설정온도", Part.SETPOINT, {"온도"}),
        ("현재온도(1존)", Part.PROCESS, {"온도", "1", "존"}),
        ("밸브 개도", Part.ACTUATOR, set()),
        ("Melt temperature", None, {"melt", "temperature"}),
    ],
)
def test_a_name_says_what_a_column_is_in_a_loop(
    name: str, part: Part | None, subject: set[str]
) -> None:
    assert loop_name(name) == LoopName(part, frozenset(subject))


def test_words_are_parted_at_capitals_signs_and_scripts() -> None:
    assert words_of("Zone1OutletTemp_PV") == ("zone1", "outlet", "temp", "pv")


def loop_site(
    measured_values: npt.NDArray[np.float64], moved: npt.NDArray[np.float64], seconds: float = 5
) -> MadeSite:
    times = every(seconds, len(moved))
    return MadeSite().add("1존 온도 PV", measured_values, times).add("1존 온도 OP", moved, times)


def closed(site: MadeSite) -> CellFinding:
    return cell(measured(site), "closed_loop")


@pytest.mark.parametrize(("gain", "seconds"), [(1.0, 5), (-1.0, 5), (1.0, 30)])
def test_a_controller_is_recognised(gain: float, seconds: int) -> None:
    values, moved = control_loop(1_500, "pi", gain=gain, seconds=seconds)

    found = closed(loop_site(values, moved, seconds))

    assert found.status is Status.SUPPORTED
    assert "편차를 따릅니다(순위상관 0." in str(found.found)
    assert found.series == ("table/1존 온도 OP", "table/1존 온도 PV")
    assert 0.3 <= found.confidence <= 0.95


@pytest.mark.parametrize("mode", ["operator", "random", "script"])
@pytest.mark.parametrize("gain", [1.0, -1.0])
@pytest.mark.parametrize("seconds", [1, 10, 60])
def test_moves_without_a_controller_are_never_taken_for_one(
    mode: str, gain: float, seconds: int
) -> None:
    values, moved = control_loop(900, mode, gain=gain, seconds=seconds, lag=5.0, seed=3)

    assert closed(loop_site(values, moved, seconds)).status is not Status.SUPPORTED


def test_moves_that_have_nothing_to_do_with_it_are_told() -> None:
    values, _ = control_loop(1_500, "pi")
    _, moved = control_loop(1_500, "random", seed=9)

    found = closed(loop_site(values, moved, 1))

    assert found.status is Status.NOT_SUPPORTED
    assert "편차와 이어지지 않습니다" in str(found.found)


def test_a_person_who_answers_now_and_then_is_not_told_from_a_controller() -> None:
    """Every five minutes a move against the deviation just seen."""
    values = walk(6_000, 1)
    turned = np.zeros(6_000)
    turned[60::60] = -0.8 * (values[59:-1:60] - np.median(values))

    found = closed(loop_site(values, np.cumsum(turned)))

    assert found.status is Status.CANNOT_TELL
    assert "1분에 0.20번꼴이라, 사람이 보고 조작한 것과 구별되지 않습니다." in str(found.found)


@pytest.mark.parametrize(
    ("site", "why"),
    [
        (MadeSite().add("temp", walk(700, 1), every(1, 700)), "짝이 되는 열이 없습니다"),
        (loop_site(*control_loop(700, "pi"), seconds=120), "2분마다 한 번이라"),
        (loop_site(np.full(700, 5.0), walk(700, 1)), "짝이 되는 열이 없습니다"),
        (loop_site(walk(700, 1), np.repeat([1.0, 2.0], 350)), "1번밖에 움직이지 않아"),
    ],
    ids=["no actuator", "slow", "still", "no moves"],
)
def test_what_leaves_control_open(site: MadeSite, why: str) -> None:
    found = closed(site)

    assert found.status is Status.CANNOT_TELL
    assert why in str(found.found)
    assert "1분보다 짧은 주기로" in str(found.missing)


def test_without_times_control_stays_open() -> None:
    values, moved = control_loop(700, "pi")
    site = MadeSite().add("온도 PV", values).add("온도 OP", moved)

    assert "행을 구분할 시각이 없어" in str(closed(site).found)


def test_tags_of_a_long_file_are_brought_to_common_times() -> None:
    values, moved = control_loop(1_500, "pi", seconds=5)
    times = every(5, 1_500)
    site = MadeSite().add("Z PV", values[2:], times[2:], frame="log/Z_PV")
    site.add("Z OP", moved[:-3], times[:-3], frame="log/Z_OP")
    site.add("Z PV", walk(90, 1), times[:90], frame="else/Z_PV")

    (loop,) = find_loops(tables_of(site), Part.ACTUATOR)

    assert loop.process.tolist() == values[2:-3].tolist()
    assert loop.drive.tolist() == moved[2:-3].tolist()
    assert closed(site).status is Status.SUPPORTED


def test_columns_that_could_be_paired_twice_are_not_paired() -> None:
    times = every(1, 100)
    site = MadeSite().add("zone op", walk(100, 1), times)
    site.add("zone in", walk(100, 2), times).add("zone out", walk(100, 3), times)

    assert find_loops(tables_of(site), Part.ACTUATOR) == ()


def followed(setpoint: npt.NDArray[np.float64], process: npt.NDArray[np.float64]) -> CellFinding:
    times = every(1, len(setpoint))
    site = MadeSite().add("온도 SV", setpoint, times).add("온도 PV", process, times)
    return cell(measured(site), "setpoint_response")


STEPS = np.repeat([100.0, 120.0, 90.0, 110.0, 105.0], 60)


def approach(setpoint: npt.NDArray[np.float64], speed: float) -> npt.NDArray[np.float64]:
    value, values = setpoint[0], []
    for target in setpoint:
        value += speed * (target - value)
        values.append(value)
    return np.array(values)


def test_steps_that_come_true_are_followed() -> None:
    found = followed(STEPS, approach(STEPS, 0.1))

    assert found.status is Status.SUPPORTED
    assert str(found.found) == (
        "온도 SV: 설정값이 4번 바뀌었고 온도 PV 값이 100%에서 뒤따랐습니다(짝 1개 가운데 1개가 "
        "기준을 넘음)."
    )


def test_steps_that_do_not_come_true_are_not() -> None:
    assert followed(STEPS, approach(STEPS, 0.005)).status is Status.NOT_SUPPORTED


def test_a_moving_set_point_is_tracked_with_a_lag() -> None:
    path = 50 + 20 * np.sin(np.arange(600) / 15)

    assert followed(path, np.roll(path, 1) + 0.1).status is Status.SUPPORTED
    assert followed(path, np.roll(path, 40)).status is Status.NOT_SUPPORTED


@pytest.mark.parametrize(
    ("setpoint", "process", "why"),
    [
        (STEPS, STEPS, "모든 행에서 똑같아 잰 값인지"),
        (np.repeat([100.0, 120.0], 60), walk(120, 1), "1번밖에 바뀌지 않아"),
    ],
    ids=["a copy", "few changes"],
)
def test_what_leaves_following_open(
    setpoint: npt.NDArray[np.float64], process: npt.NDArray[np.float64], why: str
) -> None:
    found = followed(setpoint, process)

    assert found.status is Status.CANNOT_TELL
    assert why in str(found.found)


def model(setpoint: npt.NDArray[np.float64], state: npt.NDArray[np.float64]) -> CellFinding:
    times = every(60, len(setpoint))
    site = MadeSite().add("로 온도 설정", setpoint, times).add("로 온도 PV", setpoint + 1, times)
    return cell(measured(site.add("습도", state, times)), "model_driven_setpoints")


def test_set_points_that_follow_the_state_still_need_a_comparison() -> None:
    state = walk(400, 1)
    setpoint = np.concatenate(([850.0], 800 + np.round(state[:-1])))

    found = model(setpoint, state)

    assert found.status is Status.CANNOT_TELL
    assert "결과가 좋아졌는지는 견줄 기간이 없어" in str(found.found)


def test_set_points_that_nothing_explains_are_told() -> None:
    setpoint = 800 + np.round(np.random.default_rng(1).normal(0, 20, 400))

    assert model(setpoint, walk(400, 2)).status is Status.NOT_SUPPORTED
    few = np.repeat([800.0, 810.0], 200)
    assert "설정값이 1번 바뀌었고" in str(model(few, walk(400, 2)).found)
    alone = MadeSite().add("로 온도 설정", setpoint, every(60, 400))
    assert "설명되는 비율은 0%" in str(cell(measured(alone), "model_driven_setpoints").found)


def test_explained_share_is_of_rows_not_fitted() -> None:
    random = np.random.default_rng(1)
    features = random.normal(size=(3, 500))

    assert explained_share(features[0] * 2 + features[1], features) == pytest.approx(1.0, abs=1e-4)
    assert explained_share(random.normal(size=500), features) < 0.05
    assert explained_share(np.full(500, 3.0), features) == 0.0
    assert explained_share(features[0][:20], features[:, :20]) == 0.0


def test_times_apart_are_no_steps_of_the_loop() -> None:
    values, moved = control_loop(600, "pi", seconds=5)
    times = every(5, 600)
    times[300:] += 3_600_000_000
    site = MadeSite().add("Z PV", values, times).add("Z OP", moved, times)

    (loop,) = find_loops(tables_of(site), Part.ACTUATOR)

    assert loop.joined.tolist() == [True] * 299 + [False] + [True] * 299
    assert loop.step_seconds == 5.0
    assert times[0] == START
