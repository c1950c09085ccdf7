"""Hand-coding: a stratified sheet for coders, and what their codes say about precision and agreement."""
