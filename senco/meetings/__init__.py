"""The year's programme of cluster meetings: when, where, for which clusters, and the calendars handed out for it.

What a meeting moderates and what the panel then decides belong to requests; the money belongs to the budget.
"""
