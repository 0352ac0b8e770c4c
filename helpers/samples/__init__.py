"""The bundled data; tools/samples.py draws it from the full files."""
