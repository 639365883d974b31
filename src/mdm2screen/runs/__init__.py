"""Runs: many patients screened, one after the other or on many machines, kept in a folder that can be resumed."""
