"""The bundled data, and the script that draws it from the full files."""
