"""The borough's own rules, each with the day from which it holds: thresholds, caps, interest, vocabularies."""
