"""Plots, data and checks for the notebooks. What an interviewer asks for isn't here."""
