"""Measure what is understood: message by message for outsiders (``answers``), in figures for ourselves (``measure``)."""
