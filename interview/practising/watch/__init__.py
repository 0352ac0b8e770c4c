"""`interview watch`: a file is judged at each save."""
