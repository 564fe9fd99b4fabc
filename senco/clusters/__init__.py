"""Clusters: which schools work together in a year, who leads them, and the tables this is published in."""
