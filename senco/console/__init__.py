"""The console: what a command is handed (the Desk) and how senco speaks: tables, JSON, CSV, errors, questions."""
