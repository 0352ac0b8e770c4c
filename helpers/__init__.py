"""What a notebook imports to load its data and to draw.

`data`, `tasks`, `plots`, `stats`, `retrain`, `graphs`, `explore`, `results` and `quiet`
serve several notebooks; `qNN` serves notebook NN alone. The answers that an interviewer
asks for are in the notebooks.
"""
