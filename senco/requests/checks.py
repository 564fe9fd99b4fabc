"""What must hold of the stored requests, looked for by name; nothing is repaired here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.findings import Finding

if TYPE_CHECKING:
    from datetime import date

    from senco.store.doors import Ask

_AGAIN = "Take the outcome back and record it again: `senco requests moderate --undo --request REF --reason …`."
_CHECKS = (
    (
        "requests.two-living-outcomes",
        "SELECT request_reference FROM living_moderation GROUP BY request_reference HAVING COUNT(*) > 1",
        "It has two cluster outcomes that both stand.",
        "The store was altered outside senco: go back to the last sound backup.",
    ),
    (
        "requests.two-living-recommendations",
        "SELECT request_reference FROM living_recommendation GROUP BY request_reference HAVING COUNT(*) > 1",
        "It has two recommendations that both stand.",
        "The store was altered outside senco: go back to the last sound backup.",
    ),
    (
        "requests.two-living-decisions",
        "SELECT request_reference FROM living_decision GROUP BY request_reference HAVING COUNT(*) > 1",
        "It has two decisions that both stand.",
        "The store was altered outside senco: go back to the last sound backup.",
    ),
    (
        "requests.moderated-without-reason",
        "SELECT DISTINCT request_reference FROM moderation WHERE TRIM(reason) = ''",
        "Its cluster's outcome has no reason.",
        "Take the outcome back and record it again with its reason.",
    ),
    (
        "requests.chair-with-interest",
        """
        SELECT m.request_reference
          FROM living_moderation AS m
          JOIN request AS r ON r.reference = m.request_reference
         WHERE r.urn = COALESCE(m.moderating_chair_urn, m.chair_urn)
            OR EXISTS (SELECT 1 FROM moderation_interest AS i
                        WHERE i.moderation_id = m.moderation_id AND i.state <> 'dismissed'
                          AND i.urn = COALESCE(m.moderating_chair_urn, m.chair_urn))
        """,
        "The school that chaired it has an interest in it.",
        "Take the outcome back and hear the case again with another school in the chair.",
    ),
    (
        "requests.unknown-cluster",
        """
        SELECT r.reference FROM request AS r
          LEFT JOIN cluster AS c ON c.year = r.year AND c.reference = r.cluster_reference
         WHERE c.reference IS NULL
        """,
        "Its cluster is none of its year.",
        "Import the clusters of the year again.",
    ),
    (
        "requests.without-need",
        """
        SELECT r.reference FROM request AS r
          LEFT JOIN request_need AS n ON n.request_reference = r.reference AND n.rank = 1
         WHERE n.code IS NULL
        """,
        "It names no first need.",
        "The store was altered outside senco: go back to the last sound backup.",
    ),
    (
        "requests.meeting-cancelled",
        """
        SELECT r.reference FROM request AS r
          JOIN meeting AS m ON m.reference = r.meeting_reference
         WHERE m.status = 'cancelled' AND r.withdrawn_on IS NULL
           AND NOT EXISTS (SELECT 1 FROM living_moderation AS o WHERE o.request_reference = r.reference)
        """,
        "It waits for a meeting that is cancelled.",
        "Moderate it at another: `senco requests moderate --request REF --meeting REF …`.",
    ),
    (
        "requests.cost-differs",
        """
        SELECT r.reference FROM request AS r
          JOIN provision_line AS l ON l.request_reference = r.reference AND l.stage = 'asked'
         GROUP BY r.reference, r.cost_pence HAVING SUM(l.cost_pence) <> r.cost_pence
        """,
        "Its cost is not the sum of its lines.",
        "Import its form again.",
    ),
    (
        "requests.outcome-without-plan",
        """
        SELECT m.request_reference
          FROM living_moderation AS m
          JOIN request AS r ON r.reference = m.request_reference
         WHERE m.outcome = 'below-threshold-with-plan' AND r.sen_status <> 'E'
        """,
        "Its outcome is for a child with an EHC plan, and the request says that there is none.",
        _AGAIN,
    ),
    (
        "requests.voted-against",
        "SELECT request_reference FROM living_moderation WHERE votes_against > votes_for",
        "More schools voted against its outcome than for it.",
        _AGAIN,
    ),
    (
        "requests.too-many-votes",
        """
        SELECT m.request_reference
          FROM living_moderation AS m
          JOIN request AS r ON r.reference = m.request_reference
          JOIN meeting AS h ON h.reference = m.meeting_reference
         WHERE m.votes_for + m.votes_against + m.votes_abstained > (
               SELECT COUNT(DISTINCT s.urn)
                 FROM membership AS s
                 JOIN cluster AS c ON c.cluster_id = s.cluster_id
                WHERE c.year = r.year AND c.reference = r.cluster_reference
                  AND s.joined <= substr(h.starts, 1, 10)
                  AND (s.left_on IS NULL OR s.left_on > substr(h.starts, 1, 10))
                  AND NOT EXISTS (SELECT 1 FROM moderation_interest AS i
                                   WHERE i.moderation_id = m.moderation_id AND i.urn = s.urn
                                     AND i.state <> 'dismissed'))
        """,
        "More votes are counted than its cluster has schools without an interest in it.",
        _AGAIN,
    ),
    (
        "requests.recorded-before-meeting",
        """
        SELECT m.request_reference
          FROM living_moderation AS m
          JOIN meeting AS h ON h.reference = m.meeting_reference
         WHERE substr(m.made_at, 1, 10) < substr(h.starts_utc, 1, 10)
        """,
        "Its outcome was recorded before the day of the meeting.",
        _AGAIN,
    ),
    (
        "requests.heard-before-submitted",
        """
        SELECT m.request_reference
          FROM living_moderation AS m
          JOIN request AS r ON r.reference = m.request_reference
          JOIN meeting AS h ON h.reference = m.meeting_reference
         WHERE substr(h.starts, 1, 10) < r.submitted_on
        """,
        "It came in after the meeting that is said to have heard it.",
        _AGAIN,
    ),
    (
        "requests.heard-elsewhere",
        """
        SELECT m.request_reference
          FROM living_moderation AS m
          JOIN request AS r ON r.reference = m.request_reference
         WHERE COALESCE(r.meeting_reference, '') <> m.meeting_reference
        """,
        "It is listed for another meeting than the one that heard it.",
        _AGAIN,
    ),
    (
        "requests.heard-by-others",
        """
        SELECT m.request_reference
          FROM living_moderation AS m
          JOIN request AS r ON r.reference = m.request_reference
          JOIN meeting AS h ON h.reference = m.meeting_reference
         WHERE h.year <> r.year
            OR NOT EXISTS (SELECT 1 FROM meeting_cluster AS c
                            WHERE c.meeting_reference = h.reference AND c.cluster_reference = r.cluster_reference)
        """,
        "The meeting that is said to have heard it is not one of its cluster's.",
        _AGAIN,
    ),
    (
        "requests.chair-without-seat",
        """
        SELECT m.request_reference
          FROM living_moderation AS m
          JOIN request AS r ON r.reference = m.request_reference
         WHERE NOT EXISTS (SELECT 1 FROM membership AS s
                             JOIN cluster AS c ON c.cluster_id = s.cluster_id
                            WHERE c.year = r.year AND s.urn = COALESCE(m.moderating_chair_urn, m.chair_urn))
           AND NOT EXISTS (SELECT 1 FROM appointment AS a
                             JOIN cluster AS c ON c.cluster_id = a.cluster_id
                            WHERE c.year = r.year AND a.host_urn = COALESCE(m.moderating_chair_urn, m.chair_urn))
        """,
        "The school that chaired it is in no cluster of the year.",
        _AGAIN,
    ),
    (
        "requests.unassessed-with-plan",
        """
        SELECT r.reference
          FROM request AS r
          JOIN request_need AS n ON n.request_reference = r.reference
         WHERE n.code = 'NSA' AND r.sen_status = 'E'
        """,
        "It names a need without specialist assessment (NSA) for a child with an EHC plan.",
        "Ask the school which of the two is right.",
    ),
    (
        "requests.submitted-later",
        "SELECT reference FROM request WHERE submitted_on > :day",
        "It came in on a day that is still to come.",
        "Ask the school when it sent it.",
    ),
)


def findings(ask: Ask, day: date) -> list[Finding]:
    """Run the checks of this slice and give what they found."""
    return [
        Finding(check, f"request {reference}", what, do)
        for check, sql, what, do in _CHECKS
        for reference in sorted(ask.values(sql, {"day": day.isoformat()}))
    ]
