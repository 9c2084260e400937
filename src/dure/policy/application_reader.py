"""Reads what applications ask from `policy/applications/` and `policy/procedures/`."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from dure.kernel.codes import POLICY_ROOT, load_code_list
from dure.kernel.data_files import data_file_error, parse_data_file
from dure.kernel.names import Name
from dure.policy.application_checks import check_application
from dure.policy.application_form import (
    ApplicationForm,
    Declaration,
    KnownFrom,
    Option,
    Question,
    QuestionKind,
    Step,
    Topic,
    TopicCheck,
)
from dure.policy.application_schema import (
    ApplicationFile,
    ApplicationVersionForm,
    ProcedureFile,
    ProcedureForm,
    QuestionForm,
    StepForm,
    TopicFile,
    TopicForm,
)
from dure.policy.documents import Library, source_of
from dure.policy.errors import no_programme
from dure.policy.facts import kind_of
from dure.policy.reader import load_policy
from dure.policy.schema import Words

_TOPICS = "applications/topics.yaml"
_PROCEDURES = "procedures/support.yaml"


@dataclass(frozen=True, slots=True)
class _Texts:
    topics: TopicFile
    procedures: ProcedureFile
    application: ApplicationFile


def load_application_form(programme: str, as_of: date, root: Path = POLICY_ROOT) -> ApplicationForm:
    """What an application of `programme` asks under the rules of a day.

    Raises:
        UnknownRuleError: the programme has no application on that day.
        DataFileError: a file that is malformed or contradicts another.
    """
    names = (_TOPICS, _PROCEDURES, f"applications/{programme}.yaml")
    if "/" in programme or not (root / names[2]).is_file():
        raise no_programme(programme, as_of)
    library = load_policy(root).library
    texts = _parse(tuple((name, (root / name).read_bytes()) for name in names))
    for version in texts.application.versions:
        if version.start <= as_of and (version.end is None or as_of <= version.end):
            return _form(texts, version, library, as_of)
    raise no_programme(programme, as_of)


@lru_cache(maxsize=32)
def _parse(files: tuple[tuple[str, bytes], ...]) -> _Texts:
    (topics, first), (procedures, second), (application, third) = files
    texts = _Texts(
        parse_data_file(topics, first, TopicFile),
        parse_data_file(procedures, second, ProcedureFile),
        parse_data_file(application, third, ApplicationFile),
    )
    for problem in check_application(texts.application, texts.topics, texts.procedures):
        raise data_file_error(application, problem)
    return texts


def _form(
    texts: _Texts, version: ApplicationVersionForm, library: Library, as_of: date
) -> ApplicationForm:
    by_key = {form.topic: form for form in texts.topics.topics}
    declared = {form.key: form for form in texts.topics.declarations}
    procedure = _procedure(texts)
    topics = [by_key[key] for key in version.topics]
    declarations = [declared[key] for key in version.declarations]
    return ApplicationForm(
        programme=texts.application.programme,
        number_code=texts.application.number_code,
        as_of=as_of,
        topics=tuple(_topic(form, library, as_of) for form in topics),
        declarations=tuple(
            Declaration(
                form.key,
                form.name,
                source_of(library.sources, form.source, form.mark, form.verified),
            )
            for form in declarations
        ),
        steps=tuple(_step(form) for form in procedure.steps),
        hash=_hash([topics, declarations, procedure]),
    )


def _procedure(texts: _Texts) -> ProcedureForm:
    named = {form.procedure: form for form in texts.procedures.procedures}
    return named[texts.application.procedure]


def _hash(parts: list[object]) -> str:
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def _topic(form: TopicForm, library: Library, as_of: date) -> Topic:
    return Topic(
        key=form.topic,
        name=form.name,
        intro=_words(form.intro),
        after=tuple(form.after),
        locked=_words(form.locked),
        questions=tuple(_question(question, as_of) for question in form.questions),
        checks=tuple(TopicCheck(c.check, c.question, c.parameter) for c in form.checks),
        source=source_of(library.sources, form.source, form.mark, form.verified),
    )


def _question(form: QuestionForm, as_of: date) -> Question:
    asked_if = (form.asked_if.question, form.asked_if.value) if form.asked_if else None
    return Question(
        key=form.key,
        kind=QuestionKind(form.kind),
        name=form.name,
        hint=_words(form.hint),
        unit=_words(form.unit),
        required=form.required,
        feeds=form.feeds,
        prefill=form.prefill,
        fixed=form.fixed,
        options=_options(form, as_of),
        of_tiers=form.options_from == "tiers",
        asked_if=asked_if,
        adds_to_total=form.adds_to_total,
        whole=form.whole,
        past=form.past,
        least=form.least,
        most=form.most,
        within_tier_months=form.most_from is not None,
        least_characters=form.least_characters,
        most_characters=form.most_characters,
        weights_sum=form.weights_sum,
        columns=MappingProxyType({column.key: column.name for column in form.columns}),
        known_from=tuple(KnownFrom(k.indicator, k.kpi, k.complement_of) for k in form.known_from),
    )


def _options(form: QuestionForm, as_of: date) -> tuple[Option, ...]:
    match form.options_from:
        case None | "tiers":
            return ()
        case "fact":
            return tuple(Option(c.key, c.name) for c in kind_of(str(form.feeds)).choices)
        case name:
            codes = load_code_list(POLICY_ROOT / "codes" / f"{name}.yaml").on(as_of)
            return tuple(Option(code.key, code.name) for code in codes)


def _step(form: StepForm) -> Step:
    return Step(
        key=form.step,
        name=form.name,
        who=form.who.name,
        text=_words(form.text),
        states=tuple(form.states),
        due=form.due,
    )


def _words(form: Words | None) -> Name | None:
    return form.name if form else None
