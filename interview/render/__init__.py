"""Pages, sheets and slides made from a notebook."""
