"""How a command says no."""


class Refused(Exception):
    """The input is refused: a sentence for the person at the keyboard, exit status 2."""
