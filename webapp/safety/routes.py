"""The pages of the safety room."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("safety", __name__, template_folder="templates")
