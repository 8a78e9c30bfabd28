"""The tables, as the newest migration leaves them."""

from __future__ import annotations

import sqlalchemy as sa

REVISION = "0001"
"""The newest migration; a test holds it against the migrations folder."""

metadata = sa.MetaData()

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.String(120), primary_key=True),
    sa.Column("round", sa.String(80), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("personas", sa.JSON, nullable=False),
    sa.Column("questions", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("model", sa.Text, nullable=True),
    sa.Column("started_at", sa.Float, nullable=False),
    sa.Column("updated_at", sa.Float, nullable=False, index=True),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("session", sa.String(120), sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("type", sa.String(40), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("session", sa.String(120), sa.ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)
