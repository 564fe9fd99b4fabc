"""What the tests of the panel and the officer say, right in every respect but for what a test tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from senco.requests import deciding, records, verbs
from senco.requests.outcomes import Advised, Decided, Reason, ReasonKind, Verdict
from senco.store.doors import Store
from tests.requests.conftest import AT, TODAY, draft, judgement

PANEL = "2020-12-08-PANEL"
PANEL_DAY = date(2020, 12, 8)
CHAIR = "Head of SEN"
OFFICER = "D. Officer"
MET = Reason(ReasonKind.MET, "costed provision")
REASONS = {
    Verdict.AGREED: (MET,),
    Verdict.AGREED_LOWER: (MET,),
    Verdict.AGREED_WITH_CONDITIONS: (MET, Reason(ReasonKind.CONDITION, "A review each term.")),
    Verdict.DECLINED_WITH_SUPPORT: (
        Reason(ReasonKind.NOT_MET, "graduated response"),
        Reason(ReasonKind.ADVICE, "Ask the EP to visit.", "SENCO", "2021-01-29"),
    ),
    Verdict.DEFERRED: (Reason(ReasonKind.WANTED, "A second reviewed plan."),),
    Verdict.WITHDRAWN: (),
    Verdict.RETURNED: (),
}
AMOUNTS = {Verdict.AGREED: 350_000, Verdict.AGREED_LOWER: 200_000, Verdict.AGREED_WITH_CONDITIONS: 350_000}
FROM, TO = date(2021, 1, 4), date(2021, 7, 23)


def advised(verdict: Verdict = Verdict.AGREED, **told: Any) -> Advised:
    money = verdict.awards
    usual: dict[str, Any] = {
        "verdict": verdict,
        "reason": "Two reviewed plans show it.",
        "amount_pence": AMOUNTS.get(verdict),
        "awarded_from": FROM if money else None,
        "awarded_to": TO if money else None,
        "chair": CHAIR,
        "reasons": REASONS[verdict],
    }
    return Advised(**{**usual, **told})


def decided(verdict: Verdict = Verdict.AGREED, **told: Any) -> Decided:
    money = verdict.awards
    usual: dict[str, Any] = {
        "verdict": verdict,
        "reason": "As the panel.",
        "officer": OFFICER,
        "amount_pence": AMOUNTS.get(verdict),
        "awarded_from": FROM if money else None,
        "awarded_to": TO if money else None,
        "reasons": REASONS[verdict],
    }
    return Decided(**{**usual, **told})


def run(store: Store, verb: Callable[..., Any], *told: Any, **more: Any) -> Any:
    """Do one verb in a change of its own."""
    with store.changing("request.test", actor="officer", at=AT) as change:
        return verb(change, *told, **more)


def request(store: Store, **told: Any) -> str:
    """Take in a request and give its reference."""
    return str(run(store, verbs.add, draft(**told), TODAY).reference)


def heard(store: Store, **told: Any) -> str:
    """Take in a request that its cluster has heard."""
    reference = request(store, **told)
    run(store, verbs.moderate, reference, judgement(), TODAY, moderating_chair="Foxley" if told else "")
    return reference


def recommend(
    store: Store, reference: str, verdict: Verdict = Verdict.AGREED, *, today: date = PANEL_DAY, **told: Any
) -> Any:
    """Let the panel advise, on its day."""
    return run(store, deciding.recommend, reference, advised(verdict, **told), today, meeting=PANEL)


def decide(
    store: Store,
    reference: str,
    verdict: Verdict = Verdict.AGREED,
    *,
    today: date | None = None,
    on: date | None = None,
    **told: Any,
) -> Any:
    """Let the officer decide: on the day of the panel whose advice stands, else today."""
    with store.reading() as ask:
        advice = records.advice_standing(ask, reference)
    today = today or (date.fromisoformat(advice.day) if advice else TODAY)
    return run(store, deciding.decide, reference, decided(verdict, **told), today, on)


def awarded(store: Store, verdict: Verdict = Verdict.AGREED, **told: Any) -> str:
    """Take a request through all three records."""
    reference = heard(store, **told)
    recommend(store, reference, verdict)
    decide(store, reference, verdict)
    return reference


def setting(store: Store, name: str, value: str) -> None:
    """Set one of the borough's rules for the whole year."""
    from senco.settings.rules import BY_NAME
    from senco.settings.verbs import set_from

    run(store, set_from, BY_NAME[name], value, date(2020, 9, 1))
