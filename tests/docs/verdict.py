"""How the checks of this folder end."""


def verdict(differences, otherwise):
    """Prints a line for each difference, or that there is none; the exit code of the program."""
    found = list(differences)
    print("\n".join(found) if found else otherwise)
    return 1 if found else 0
