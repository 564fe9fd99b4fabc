"""The children whom forms name: each has one row, found again by UPN, else by name and birth, and kept nowhere else."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from senco.privacy import fold
from senco.requests.form_questions import differences
from senco.requests.tables import Pupil

if TYPE_CHECKING:
    from senco.requests.form_kinds import PupilDraft
    from senco.store.doors import Change

_WITHOUT_UPN = """
SELECT pupil_key, given_names, family_name FROM pupil WHERE birth_date = :born AND urn = :urn AND upn IS NULL
"""
_NAMED_BEFORE = """
SELECT p.pupil_key, p.given_names, p.family_name
  FROM request_pupil AS o
  JOIN pupil AS p ON p.pupil_key = o.pupil_key
 WHERE o.request_reference = :reference
   AND NOT EXISTS (SELECT 1 FROM request_pupil AS other
                    WHERE other.pupil_key = o.pupil_key AND other.request_reference <> o.request_reference)
"""
_OF_UPN = "SELECT pupil_key, given_names, family_name, birth_date FROM pupil WHERE upn = :upn"
_BOTH = 2


class Roll:
    """The rows of children inside one change, for the forms of one school."""

    def __init__(self, change: Change, urn: int) -> None:
        self.change = change
        self.ask = change.ask
        self.urn = urn
        self.before: list[tuple[str, str, str]] = []

    def remember(self, reference: str) -> None:
        """Note the children whom a request names now and no other does, before a later form takes its place."""
        self.before = self.ask.all(lambda *row: row, _NAMED_BEFORE, {"reference": reference})

    def is_of_another(self, draft: PupilDraft) -> bool:
        """Say whether a UPN is known, elsewhere than here, for a child who differs in name and in date of birth."""
        known = self.ask.one(lambda *row: row, _OF_UPN, {"upn": draft.upn})
        own = {key for key, _, _ in self.before}
        return known is not None and known[0] not in own and differences(draft, known[1:]) == _BOTH

    def key_of(self, draft: PupilDraft) -> str:
        """Give the key of the child's row, made or brought up to date."""
        values = {
            "upn": draft.upn or None,
            "former_upn": draft.former_upn or None,
            "given_names": draft.given_names,
            "family_name": draft.family_name,
            "birth_date": draft.birth_date.isoformat() if draft.birth_date else None,
            "looked_after": None if draft.looked_after is None else int(draft.looked_after),
            "home_la_code": draft.home_la_code,
            "urn": self.urn,
        }
        by = {"changed_at": self.change.stamp, "changed_by": self.change.actor}
        row = self.change.session.get(Pupil, self._known(draft) or self._mistyped(draft) or "")
        if row is None:
            key = secrets.token_hex(16)
            self.change.add(Pupil, pupil_key=key, version=1, **values, **by)
            self.change.flush()
            return key
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in {**values, **by, "version": row.version + 1}.items():
                setattr(row, name, value)
            self.change.flush()
        return row.pupil_key

    def forget_those_left(self) -> None:
        """Take out the children whom the request named before, and nobody names now."""
        for key, _, _ in self.before:
            row = self.change.session.get(Pupil, key)
            named = self.ask.value("SELECT 1 FROM request_pupil WHERE pupil_key = :key", {"key": key})
            if row is not None and named is None:
                self.change.session.delete(row)
        self.change.flush()

    def _known(self, draft: PupilDraft) -> str | None:
        for upn in (draft.upn, draft.former_upn):
            key: str | None = self.ask.value("SELECT pupil_key FROM pupil WHERE upn = :upn", {"upn": upn or None})
            if key:
                return key
        names = (fold(draft.given_names), fold(draft.family_name))
        if not (draft.birth_date and all(names)):
            return None
        wanted: dict[str, str | int] = {"born": draft.birth_date.isoformat(), "urn": self.urn}
        rows = self.ask.all(lambda *row: row, _WITHOUT_UPN, wanted)
        return next((key for key, given, family in rows if (fold(given), fold(family)) == names), None)

    def _mistyped(self, draft: PupilDraft) -> str | None:
        """Give the child whom this form named before with another UPN, and whom no other request knows."""
        names = (fold(draft.given_names), fold(draft.family_name))
        return next((key for key, given, family in self.before if (fold(given), fold(family)) == names), None)
