"""A dark and a light theme: quiet surfaces, one accent, three colours for the members of a panel."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="interview-dark",
    primary="#7aa2f7",
    secondary="#e0af68",
    accent="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#d5d9e6",
    background="#16181f",
    surface="#1d2029",
    panel="#272b37",
    dark=True,
    variables={
        "footer-key-foreground": "#7aa2f7",
        "block-cursor-background": "#33436b",
        "scrollbar-background": "#1d2029",
    },
)
LIGHT = Theme(
    name="interview-light",
    primary="#2952a3",
    secondary="#8a5a00",
    accent="#2f6f2a",
    warning="#8a5a00",
    error="#b3243b",
    success="#2f6f2a",
    foreground="#22252e",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e5e2d9",
    dark=False,
    variables={
        "footer-key-foreground": "#2952a3",
        "block-cursor-background": "#cbd8f2",
        "scrollbar-background": "#f2f0ea",
    },
)
