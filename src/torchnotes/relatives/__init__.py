"""Retention's relatives, each a small working layer: one file per idea.

Every layer turns (B, T, d_model) into (B, T, d_model) and never looks ahead. It has a
form for whole sequences, ``forward``, and one for decoding, ``step``, which takes a
token and what ``init_state`` or the step before returned. Both compute the same;
``state_size`` says how many numbers decoding has to keep for one sequence.
"""
