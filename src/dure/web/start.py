"""`make run`: bring the installation up to date, make the example nation once, and serve."""

import os
import socket
import sys

PORT = int(os.environ.get("DURE_PORT", "8000"))
# Before Django reads its settings: links in mails and documents lead to this server.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.settings")
os.environ.setdefault("DURE_SITE_URL", f"http://127.0.0.1:{PORT}")


def main() -> int:
    """Serve until Ctrl-C; returns the exit code."""
    import django

    django.setup()
    from dure.web.serving import NotServingError, serve, stop_signals

    if _is_taken(PORT):
        _say(f"{PORT}번 포트가 쓰이고 있습니다. 이렇게 해 주세요: DURE_PORT=8001 make run")
        return 1
    if not _prepare():
        return 1
    stopped = stop_signals()
    serving = serve(PORT)
    try:
        serving.wait_until_up()
        _welcome()
        serving.wait(stopped)
    except NotServingError as error:
        _say(f"서버가 멈췄습니다: {error}. 위에 나온 기록을 확인해 주세요.")
        return 1
    finally:
        serving.stop()
    _say("두레를 멈췄습니다. 자료는 그대로 남아 있습니다.")
    return 0


def _prepare() -> bool:
    from dure.settings import ENVIRONMENT
    from dure.web.example.nation import has_nation, make_nation
    from dure.web.readiness import collect_static_files, update_database

    if update_database():
        _say("데이터베이스를 최신 상태로 바꿨습니다.")
    if collect_static_files():
        _say("화면 파일을 모았습니다.")
    if ENVIRONMENT.secure:
        return not has_nation() or _refuse()
    if not has_nation():
        _say("예시 나라를 만듭니다. 처음 한 번만 걸립니다.")
        make_nation(_say)
    return True


def _refuse() -> bool:
    _say(
        "이 자료 폴더에는 예시 계정이 있어 DURE_SECURE=1로 시작하지 않습니다. "
        "DURE_DATA_DIR로 새 폴더를 정해 주세요."
    )
    return False


def _welcome() -> None:
    from dure.settings import ENVIRONMENT
    from dure.web.example.accounts import list_accounts

    lines = ["", f"두레가 준비되었습니다: {ENVIRONMENT.site_url}", ""]
    if not ENVIRONMENT.secure:
        lines.append("예시 계정 (이 컴퓨터에서만 쓰세요. DURE_SECURE=1에서는 만들지 않습니다)")
        lines += [
            f"  {account.title}\n    {account.email}   비밀번호 {account.password}\n"
            f"    {ENVIRONMENT.site_url}{account.page}"
            for account in list_accounts()
        ]
    _say("\n".join([*lines, "", "멈추려면 Ctrl-C를 누르세요."]))


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
