"""For a class: results, what it trips over, a course for nbgrader."""
