"""What kind of device somebody uses, in words that its owner knows and that single nobody out."""

# the first that is found counts: each names those after it too
BROWSERS = {
    "Line/": "LINE",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def named(user_agent: str) -> str:
    """Browser and system, such as `Safari, iPhone`; empty where neither is known."""
    parts = (first(BROWSERS, user_agent), first(SYSTEMS, user_agent))
    return ", ".join(part for part in parts if part)


def first(names: dict[str, str], text: str) -> str:
    """The name of the first mark that the text holds."""
    return next((name for mark, name in names.items() if mark in text), "")
