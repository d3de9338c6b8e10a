"""Cardsort's own mark, drawn here: two cards on a table, one of them with a square, one with a dot."""

OWN_ICONS: dict[str, list[tuple[str, dict[str, str]]]] = {
    "cardsort": [
        ("rect", {"x": "2.5", "y": "4.5", "width": "9.5", "height": "13.5", "rx": "1.6"}),
        ("path", {"d": "M14.5 6.3 20 7.2a1.6 1.6 0 0 1 1.3 1.9l-1.8 10a1.6 1.6 0 0 1-1.9 1.3l-5.4-1"}),
        ("rect", {"x": "5.5", "y": "9.5", "width": "3.5", "height": "3.5"}),
        ("circle", {"cx": "16.6", "cy": "13.2", "r": "1.6", "fill": "currentColor"}),
    ],
}
