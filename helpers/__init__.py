"""Plots and data for the notebooks. What an interviewer asks for isn't here."""
