"""Requests for exceptional-needs funding: their receipt, a cluster's moderation, and the panel's agenda.

It holds three records and never makes them one: the cluster's outcome, the panel's recommendation, the officer's
decision. It judges need; money that moved is another slice's.
"""
