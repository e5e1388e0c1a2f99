"""Where whoever is told reads what to do: a page of docs/runbooks for each rule and alarm. Pure data."""

_FOLDER = "docs/runbooks"
VIOLATION = f"{_FOLDER}/boundary-violation.md"
BREAK_GLASS = f"{_FOLDER}/break-glass.md"
VENDOR_SESSION = f"{_FOLDER}/vendor-session.md"
KEY_ROTATION = f"{_FOLDER}/key-rotation.md"
LANE = f"{_FOLDER}/lane.md"
LOST_REGION = f"{_FOLDER}/lost-region.md"
OPERATIONS = f"{_FOLDER}/operations.md"

RUNBOOKS_OF_RULES = {
    "bastions": VENDOR_SESSION,
    "buckets": VIOLATION,
    "budgets": OPERATIONS,
    "cloud-guard": VIOLATION,
    "gateways": VIOLATION,
    "groups": BREAK_GLASS,
    "identity-providers": VIOLATION,
    "keys": KEY_ROTATION,
    "networks": VIOLATION,
    "policies": VIOLATION,
    "routes": VIOLATION,
    "security-groups": VIOLATION,
    "security-lists": VIOLATION,
    "sign-ins": OPERATIONS,
    "users": VIOLATION,
}
"""By rule of Events."""
