"""What is made to be read: pages, sheets, slides, the website, executed notebooks."""
