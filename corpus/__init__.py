"""The sentences the team annotates (``sentences/``, after ``GUIDE.md``), their reader, and the training code."""
