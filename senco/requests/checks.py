"""What must hold of the stored requests, looked for by name; nothing is repaired here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from senco.findings import Finding

if TYPE_CHECKING:
    from datetime import date

    from senco.store.doors import Ask

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
)


def findings(ask: Ask, day: date) -> list[Finding]:  # noqa: ARG001 - the checks of every slice are asked alike
    """Run the checks of this slice and give what they found."""
    return [
        Finding(check, f"request {reference}", what, do)
        for check, sql, what, do in _CHECKS
        for reference in sorted(ask.values(sql))
    ]
