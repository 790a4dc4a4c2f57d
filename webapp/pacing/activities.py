"""The activities to pick from, by category. Plain keys; their words stand in ``words``."""

OWN = "own"
CATEGORIES: dict[str, tuple[str, ...]] = {
    "moving": ("walk", "stairs", "exercises", "swimming", "cycling"),
    "staying": ("sitting", "standing", "driving"),
    "home": ("cooking", "washing_up", "cleaning", "ironing", "gardening"),
    "thinking": ("reading", "screen", "phone_calls"),
    "people": ("visiting", "playing"),
}
ACTIVITIES: tuple[str, ...] = tuple(key for keys in CATEGORIES.values() for key in keys)
