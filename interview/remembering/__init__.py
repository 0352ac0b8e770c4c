"""Cards, the drill, the deck for Anki, and the plan until an interview."""
