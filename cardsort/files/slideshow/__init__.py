"""The reveal as a file of slides (PPTX): native shapes, the only place with python-pptx."""
