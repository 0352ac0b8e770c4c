"""A learner's file: load it, run it in a process, limit it, report."""
