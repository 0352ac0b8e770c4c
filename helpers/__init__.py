"""Helpers that the notebooks import to load data and to draw figures.

`data`, `tasks`, `plots`, `stats`, `retrain`, `explore`, `results` and `quiet`
serve several notebooks; `qNN` serves notebook NN alone. The answers that an interviewer
asks for are in the notebooks.
"""
