"""A whole mock interview: from the question to the debrief."""
