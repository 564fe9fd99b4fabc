"""An invented borough with the 600 requests of the invented year, written by plain SQL past no trigger of the store.

Six hundred requests through the verbs take half a minute; here they are rows, and the database's own rules still hold
them to what may be recorded. Everything is the same from the same seed.
"""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.requests.year import Invented, School, invent

YEAR = "2020/21"
AT = "2020-09-01T08:00:00+00:00"
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CROSS, SINGLE = ("CP1", "CP2", "CP3"), ("SP1", "SP2")
HOLIDAYS = (
    ("Autumn half term", "2020-10-26", "2020-10-30"),
    ("Christmas", "2020-12-21", "2021-01-01"),
    ("Spring half term", "2021-02-15", "2021-02-19"),
    ("Easter", "2021-04-01", "2021-04-16"),
)
# The days that count as each term's own, by those holidays.
TERMS = {
    "autumn": ("2020-09-01", "2021-01-01"),
    "spring": ("2021-01-02", "2021-04-16"),
    "summer": ("2021-04-17", "2021-08-31"),
}
PROGRAMME = (
    ("2020-09-22", "conference", "CONF", "confirmed"),
    ("2020-10-13", "single-phase", "SP", "confirmed"),
    ("2020-11-24", "cross-phase", "CP", "confirmed"),
    ("2020-12-08", "panel", "PANEL", "confirmed"),
    ("2020-12-15", "cluster", "CP2", "proposed"),
    ("2021-01-12", "panel", "PANEL", "confirmed"),
    ("2021-01-26", "single-phase", "SP", "cancelled"),
    ("2021-02-09", "panel", "PANEL", "confirmed"),
    ("2021-02-23", "single-phase", "SP", "confirmed"),
    ("2021-03-23", "cross-phase", "CP", "confirmed"),
    ("2021-04-13", "panel", "PANEL", "confirmed"),
    ("2021-04-27", "single-phase", "SP", "confirmed"),
    ("2021-05-04", "cluster", "CP1", "confirmed"),
    ("2021-05-25", "single-phase", "SP", "confirmed"),
    ("2021-06-29", "cross-phase", "CP", "confirmed"),
    ("2021-07-06", "panel", "PANEL", "confirmed"),
    ("2021-07-13", "conference", "CONF", "confirmed"),
)
HEARD = ("2020-11-24-CP", "2021-03-23-CP", "2021-06-29-CP")
PANELS = ("2020-12-08-PANEL", "2021-01-12-PANEL", "2021-02-09-PANEL", "2021-04-13-PANEL", "2021-07-06-PANEL")


@dataclass(frozen=True)
class Place:
    """A school of the invented borough, in a cluster of each model."""

    urn: int
    name: str
    phase: str
    trust: str
    pupils: int
    cross: str
    single: str


def places() -> tuple[Place, ...]:
    """Give the borough's schools: every fourth is a secondary; CP3 has few, and most of CP2 is one trust's."""
    found = []
    for number in range(22):
        cross = "CP3" if number % 11 == 10 else CROSS[number % 2]
        secondary = number % 4 == 0
        trust = "Cirrus Trust" if cross == "CP2" and number % 3 else ("", "Leo Trust", "Harris")[number % 3]
        found.append(
            Place(
                100001 + number,
                f"School {number + 1:02}",
                "Secondary" if secondary else "Primary",
                trust,
                180 + 35 * number,
                cross,
                SINGLE[secondary],
            )
        )
    return tuple(found)


def reference(number: int) -> str:
    """Give a request's reference: five letters, so that six hundred are not short of them."""
    letters = ""
    for _ in range(5):
        number, at = divmod(number, len(LETTERS))
        letters = LETTERS[at] + letters
    return f"R-{letters}"


def insert(raw: sqlite3.Connection, table: str, **row: object) -> int:
    """Insert a row and give its number."""
    marks = ", ".join(f":{name}" for name in row)
    return int(raw.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row).lastrowid or 0)


def fill(raw: sqlite3.Connection) -> None:
    """Put the borough, its programme, its year of requests, its money and time into a migrated store."""
    chance = random.Random(2021)  # noqa: S311 - invented data, no secret
    schools(raw)
    programme(raw, chance)
    held = {each.urn: each for each in places()}
    asking = [School(each.urn, each.name, *((11, 16) if each.phase == "Secondary" else (4, 11))) for each in places()]
    for number, each in enumerate(invent(asking)):
        Life(raw, chance, number, each, held[each.school.urn]).live()
    earlier(raw)
    money(raw)
    time(raw)


def schools(raw: sqlite3.Connection) -> None:
    """Put the schools into the register and into their clusters of two years."""
    for each in places():
        raw.execute(
            "INSERT INTO school VALUES (?, 319, 'Sutton', ?, ?, ?, 'Academy converter', 'Academies', 'Open', ?, 4, 16,"
            " 'Mixed', ?, 100, ?, '', 'Sutton', 'SM1 1AA', NULL, NULL, NULL, NULL, '', NULL, NULL)",
            (each.urn, each.urn - 98000, each.name, each.name.casefold(), each.phase, each.pupils, each.trust),
        )
    for year in ("2019/20", YEAR):
        for model, names in (("cross-phase", CROSS), ("single-phase", SINGLE)):
            for name in names:
                number = insert(raw, "cluster", year=year, model=model, reference=name, name=name, source="test")
                for each in places():
                    if name in {each.cross, each.single}:
                        insert(raw, "membership", cluster_id=number, urn=each.urn, nickname="",
                               joined=f"{year[:4]}-09-01", source="test")  # fmt: skip
    for title, first, last in HOLIDAYS:
        insert(raw, "holiday", year=YEAR, title=title, first=first, last=last, la_code=319, source="test")


def meeting(
    raw: sqlite3.Connection, name: str, kind: str, *, day: str, status: str = "confirmed", year: str = YEAR
) -> None:
    """Put a meeting into the programme for the clusters that its kind is of."""
    insert(
        raw, "meeting", reference=name, year=year, kind=kind, title="", for_all=int(kind == "conference"),
        starts=f"{day}T14:00", ends=f"{day}T16:00", zone="Europe/London", starts_utc=f"{day}T14:00:00+00:00",
        ends_utc=f"{day}T16:00:00+00:00", venue="HAS", purpose="", status=status, uid=name, sequence=0, changed_at=AT,
        source="test",
    )  # fmt: skip
    of = {"cross-phase": CROSS, "single-phase": SINGLE, "cluster": (name[11:],)}.get(kind, ())
    for cluster in of:
        insert(raw, "meeting_cluster", meeting_reference=name, cluster_reference=cluster)


def programme(raw: sqlite3.Connection, chance: random.Random) -> None:
    """Put the year's meetings in, one moved from spring to summer, one cancelled, and who came to those held."""
    for day, kind, mark, status in PROGRAMME:
        meeting(raw, f"{day}-{mark}", kind, day=day, status=status)
    meeting(raw, "2020-06-16-CP", "cross-phase", day="2020-06-16", year="2019/20")
    for name, change, before, after, reason in (
        ("2021-05-04-CP1", "moved", "2021-03-09", "2021-04-20", "The hall was taken"),
        ("2021-05-04-CP1", "moved", "2021-04-20", "2021-05-04", ""),
        ("2021-01-26-SP", "cancelled", "2021-01-26", "2021-01-26", "Schools were closed"),
        ("2020-11-24-CP", "venue", "2020-11-24", "2020-11-24", "A larger room"),
    ):
        insert(
            raw, "meeting_change", meeting_reference=name, change=change, sequence=1, starts_before=f"{before}T14:00",
            ends_before=f"{before}T16:00", venue_before="HAS", status_before="confirmed", starts_after=f"{after}T14:00",
            ends_after=f"{after}T16:00", venue_after="HAS", status_after="confirmed", reason=reason, made_at=AT,
            made_by="test",
        )  # fmt: skip
    seldom = places()[5].urn
    for day, kind, mark, status in (*PROGRAMME, ("2020-06-16", "cross-phase", "CP", "confirmed")):
        # Nobody kept a register of one meeting, and two schools were forgotten in the others.
        if kind == "panel" or status != "confirmed" or day == "2021-05-25":
            continue
        for each in places()[2:]:
            if kind != "conference" and not {"CP": 1, "CP1": each.cross == "CP1", "SP": 1}[mark]:
                continue
            told = chance.choice(("present", "present", "present", "substitute", "apologies", "absent"))
            told = "absent" if each.urn == seldom else told
            for mark_made in ("absent", told):  # the newest mark counts
                insert(raw, "attendance", meeting_reference=f"{day}-{mark}", urn=each.urn, mark=mark_made,
                       marked_at=AT, marked_by="test")  # fmt: skip


@dataclass
class Life:
    """One request on its way: cluster, panel, officer, letter, review; some steps are left out, some done twice."""

    raw: sqlite3.Connection
    chance: random.Random
    number: int
    each: Invented
    place: Place

    def live(self) -> None:
        """Write what happens, as far as this request comes."""
        each, day = self.each, self.each.submitted_on.isoformat()
        self.reference = reference(self.number)
        heard = next((name for name in HEARD if name[:10] > day), None)
        insert(
            self.raw, "request", reference=self.reference, year=YEAR, urn=self.place.urn,
            cluster_reference=self.place.cross, type=each.type, pupils=each.pupils, year_group=each.year_group or None,
            sen_status=each.status, provision_now="", provision_asked=each.provision_asked, outcome_sought="",
            parents_views="", pupils_views="", cost_pence=each.cost_pence, asked_pence=each.asked_pence,
            urgent=int(bool(each.urgent_because)), urgent_because=each.urgent_because, consent=1, submitted_on=day,
            meeting_reference=heard if self.number % 40 else None, filled_in_by="", form_version="1", version=1,
            withdrawn_because="", received_at=f"{day}T09:00:00+00:00", received_by="test", source="test",
        )  # fmt: skip
        for rank, code in enumerate(each.needs, start=1):
            insert(self.raw, "request_need", request_reference=self.reference, rank=rank, code=code)
        self._children()
        if self.number % 37 == 36:
            gone = (each.submitted_on + timedelta(days=self.chance.randrange(1, 30))).isoformat()
            self.raw.execute(
                "UPDATE request SET withdrawn_on = ?, withdrawn_because = 'Moved away', version = 2"
                " WHERE reference = ?", (gone, self.reference),
            )  # fmt: skip
        elif heard is not None and self.number % 40 and self.number % 29:
            self._cluster(heard)
        elif each.urgent_because:
            self._decide(None, None, each.decided, f"{day}T23:30:00+00:00")

    def _children(self) -> None:
        for place, child in enumerate(self.each.children, start=1):
            held = f"{self.number:016x}{place:016x}"
            insert(
                self.raw, "pupil", pupil_key=held, upn=child.upn, given_names=child.given, family_name=child.family,
                birth_date=child.born.isoformat(), version=1, changed_at=AT, changed_by="test",
            )  # fmt: skip
            insert(self.raw, "request_pupil", request_reference=self.reference, pupil_key=held, consent_scope="",
                   place=place, year_group=child.year_group)  # fmt: skip

    def _record(self, table: str, last: int | None, **row: object) -> int:
        told = {"request_reference": self.reference, "request_version": 1, "supersedes": last, "taken_back": 0,
                "reason": "Seen", "made_by": "test"}  # fmt: skip
        return insert(self.raw, table, **{**told, **row})

    def _cluster(self, heard: str) -> None:
        made = f"{heard[:10]}T15:00:00+00:00"
        chair = next(each.urn for each in places() if each.urn != self.place.urn)
        told = {"meeting_reference": heard, "chair_urn": chair, "made_at": made}
        number = None
        if self.number % 45 == 3:  # recorded for the wrong case, taken back, and recorded again
            number = self._record("moderation", None, outcome="exceptional", level="confirm", **told)
            number = self._record("moderation", number, **told, outcome=None, level=None, taken_back=1)
        number = self._record("moderation", number, outcome=self.each.outcome, level=self.each.level, **told)
        panels = [name for name in PANELS if name[:10] > heard[:10]]
        if panels and self.number % 23:
            self._panel(number, panels)

    def _panel(self, view: int, panels: list[str]) -> None:
        each = self.each
        panels = panels[self.number % 3 if len(panels) > 2 else 0 :]  # a panel hears only so many
        advice = self._advise(None, view, panels[0], each.recommended, each.recommended_pence)
        if self.number % 31 == 2:
            return
        ruling = self._decide(None, advice, each.decided, f"{panels[0][:10]}T16:00:00+00:00", panels[0])
        if each.decided == "deferred" and len(panels) > 1 and self.number % 4:
            again = self._advise(advice, view, panels[1], "agreed", each.asked_pence)
            if self.number % 3:
                self._decide(ruling, again, "agreed", f"{panels[1][:10]}T16:00:00+00:00", panels[1])

    def _advise(self, last: int | None, view: int, panel: str, outcome: str, pence: int | None) -> int:
        told, money = self._money(outcome, pence)
        return self._record("recommendation", last, meeting_reference=panel, moderation_id=view, outcome=told,
                            chair="Head of SEN", made_at=f"{panel[:10]}T15:00:00+00:00", **money)  # fmt: skip

    def _money(self, outcome: str, pence: int | None) -> tuple[str, dict[str, object]]:
        # A lower amount than nothing cannot be agreed; an amount of nothing is agreed as it is.
        if outcome == "agreed-lower" and not self.each.asked_pence:
            outcome = "agreed"
        if not outcome.startswith("agreed"):
            return outcome, {}
        pence = self.each.asked_pence if pence is None or outcome == "agreed" else pence
        first = min(self.each.asked_from, date(2021, 8, 1))
        return outcome, {"amount_pence": pence, "awarded_from": first.isoformat(), "awarded_to": "2021-08-31"}

    def _decide(self, last: int | None, advice: int | None, outcome: str, made: str, panel: str | None = None) -> int:
        told, money = self._money(outcome, self.each.decided_pence)
        day = date.fromisoformat(made[:10])
        if money and self.number % 6:
            money["review_on"] = (day + timedelta(days=60)).isoformat()
        own: dict[str, object] = {}
        if panel and self.number % 5 == 1:  # the officer takes a few days after the panel
            own["decided_on"] = (day + timedelta(days=4)).isoformat()
        number = self._record("decision", last, meeting_reference=panel, recommendation_id=advice, outcome=told,
                              officer="The Designated Officer", made_at=made, **money, **own)  # fmt: skip
        # A deferral is told too; a letter is of the decision that stands when it is written.
        wait = self.chance.randrange(2, 24)
        if wait < 21:
            insert(self.raw, "decision_letter", decision_id=number, dated_on=(day + timedelta(days=wait)).isoformat(),
                   made_at=made, made_by="test")  # fmt: skip
        if money and self.each.review_score is not None and self.number % 4:
            self._review(number, day)
        if money and self.number % 17 == 1:
            insert(self.raw, "award_change", request_reference=self.reference, decision_id=number, kind="ended",
                   holds_from=(day + timedelta(days=45)).isoformat(), reason="Left", made_at=made,
                   made_by="test")  # fmt: skip
        return number

    def _review(self, decision: int, day: date) -> None:
        on = day + timedelta(days=self.chance.randrange(30, 90))
        if on > date(2021, 8, 31):
            return
        following = on + timedelta(days=50)
        insert(self.raw, "review", request_reference=self.reference, decision_id=decision, reviewed_on=on.isoformat(),
               score=self.each.review_score, note="Seen", next_on=following.isoformat() if self.number % 3 else None,
               made_at=AT, made_by="test")  # fmt: skip
        if self.number % 9 == 1 and following + timedelta(days=5) <= date(2021, 8, 31):
            insert(self.raw, "review", request_reference=self.reference, decision_id=decision,
                   reviewed_on=(following + timedelta(days=5)).isoformat(), score=1, note="Seen", made_at=AT,
                   made_by="test")  # fmt: skip


def earlier(raw: sqlite3.Connection) -> None:
    """Put a handful of requests of the summer before in, one of them open still."""
    for number in range(7):
        day, name = f"2020-06-{number + 2:02}", reference(900 + number)
        insert(
            raw, "request", reference=name, year="2019/20", urn=100001 + number, cluster_reference="CP1",
            type="individual", year_group="4", sen_status="K", provision_now="", provision_asked="A mentor",
            outcome_sought="", parents_views="", pupils_views="", cost_pence=900_000, asked_pence=300_000, urgent=1,
            urgent_because="It cannot wait", consent=1, submitted_on=day, filled_in_by="", form_version="1", version=1,
            withdrawn_because="", received_at=f"{day}T09:00:00+00:00", received_by="test", source="test",
        )  # fmt: skip
        insert(raw, "request_need", request_reference=name, rank=1, code="ASD")
        if number:
            agreed = number < 5
            insert(
                raw, "decision", request_reference=name, request_version=1, taken_back=0,
                outcome="agreed" if agreed else "declined-with-support", amount_pence=300_000 if agreed else None,
                awarded_from="2020-06-20" if agreed else None, awarded_to="2020-07-20" if agreed else None,
                reason="Seen", officer="The Designated Officer", made_at=f"2020-06-{18 + number}T10:00:00+00:00",
                made_by="test", decided_on=f"2020-06-{17 + number}" if number % 2 else None,
            )  # fmt: skip


class Ledger:
    """Accounts and entries by name."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        """Go on from what the ledger holds."""
        self.raw = raw
        self.accounts: dict[tuple[str, str], int] = {}

    def account(
        self, name: str, unit: str, kind: str, *, cluster: str = "", fund: str = "", urn: int | None = None
    ) -> int:
        """Give an account's number, opened at first."""
        if (name, unit) not in self.accounts:
            number = 1 + int(self.raw.execute("SELECT COUNT(*) FROM ledger_account").fetchone()[0])
            insert(self.raw, "ledger_account", account_id=number, name=name, year=YEAR, unit=unit, kind=kind,
                   cluster=cluster, fund=fund, urn=urn, opened_at=AT, opened_by="test")  # fmt: skip
            self.accounts[name, unit] = number
        return self.accounts[name, unit]

    def move(self, kind: str, giver: int, taker: int, amount: int, day: str, **told: object) -> int:
        """Make an entry."""
        number = 1 + int(self.raw.execute("SELECT COUNT(*) FROM ledger_entry").fetchone()[0])
        row: dict[str, object] = {"description": "", "party": "", "receipt": "", "run": "", **told}
        return insert(self.raw, "ledger_entry", number=number, day=day, from_account=giver, to_account=taker,
                      amount=amount, kind=kind, made_at=AT, made_by="test", **row)  # fmt: skip


def money(raw: sqlite3.Connection) -> None:
    """Allot the envelopes, buy a training, and pay every second award as far as half on the day of its decision."""
    ledger = Ledger(raw)
    grant = ledger.account("grant", "pence", "outside")
    block = ledger.account("hnb", "pence", "fund", fund="hnb")
    supplier = ledger.account("supplier", "pence", "outside")
    ledger.move("allocate", grant, block, 900_000_000, "2020-09-01")
    funds = {}
    for cluster in CROSS:
        of = ledger.account(f"cluster:{cluster}:exceptional", "pence", "fund", cluster=cluster, fund="exceptional")
        funds[cluster] = of
        ledger.move("allocate", block, of, 150_000_000, "2020-09-10")
        training = ledger.account(f"cluster:{cluster}:training", "pence", "fund", cluster=cluster, fund="training")
        ledger.move("allocate", block, training, 500_000, "2020-09-10")
        bought = ledger.move("spend", training, supplier, 120_000, "2020-12-01")
        if cluster == "CP2":
            ledger.move("reverse", supplier, training, 120_000, "2021-02-01", reverses=bought)
    ledger.move("spend", funds["CP1"], supplier, 7_500, "2021-03-01")
    awarded = raw.execute(
        "SELECT r.reference, r.urn, r.cluster_reference, d.amount_pence, COALESCE(d.decided_on,"
        " SUBSTR(d.meeting_reference, 1, 10), SUBSTR(d.made_at, 1, 10))"
        " FROM decision AS d JOIN request AS r ON r.reference = d.request_reference"
        f" WHERE r.year = '{YEAR}' AND d.amount_pence > 1 AND d.decision_id % 2 = 0 ORDER BY 5, 1"
    ).fetchall()
    for place, (name, urn, cluster, pence, day) in enumerate(awarded):
        school = ledger.account(f"school:{urn}", "pence", "outside", urn=urn)
        ledger.move("pay", funds[cluster], school, pence // 2, day, run=f"{day}-1", request_reference=name)
        if place % 20 == 0:
            ledger.move("recover", school, funds[cluster], 1_000, day, run=f"{day}-1", request_reference=name)


def time(raw: sqlite3.Connection) -> None:
    """Share out the psychologists' time, book some, use some, and carry some on."""
    ledger = Ledger(raw)
    ledger.accounts = {}
    service = ledger.account("service:ep", "minutes", "outside", fund="ep")
    for place, cluster in enumerate(CROSS[:2]):
        free = ledger.account(f"cluster:{cluster}:ep", "minutes", "fund", cluster=cluster, fund="ep")
        booked = ledger.account(f"cluster:{cluster}:ep:booked", "minutes", "fund", cluster=cluster, fund="ep")
        contact = ledger.account(f"cluster:{cluster}:ep:contact", "minutes", "outside", cluster=cluster, fund="ep")
        admin = ledger.account(f"cluster:{cluster}:ep:admin", "minutes", "outside", cluster=cluster, fund="ep")
        ledger.move("allocate", service, free, 6_000, "2020-09-10")
        ledger.move("book", free, booked, 1_200 + 60 * place, "2020-10-05")
        ledger.move("contact", booked, contact, 600, "2020-11-10")
        ledger.move("admin", booked, admin, 90, "2021-02-10")
        ledger.move("book", free, booked, 300, "2021-05-05")


def build(path: Path) -> None:
    """Fill a migrated store."""
    from contextlib import closing

    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA foreign_keys = ON")
        fill(raw)
