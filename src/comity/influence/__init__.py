"""How strongly one state can pull on another: formulas on numbers, each with what is not known of it.

Nothing here reads a ledger or a file but the project's own tables; a number that is missing is null and the answer
then has bounds instead of a value.
"""
