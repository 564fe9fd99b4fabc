"""Tests of the dates."""
