"""Answers nothing yet."""


def handler(_event: dict[str, object], _context: object) -> dict[str, object]:
    """Answer that nothing is here."""
    return {"statusCode": 404}
